/** The policy of the repository and classes of principals to judge by it; nothing of what comes after a verdict. */
import { printProblem } from '../../src/fault/index.js';
import {
  type DataCategory,
  financialMask,
  loadPolicy,
  maskOf,
  type Policy,
  type Purpose,
  viewOf,
} from '../../src/policy/index.js';
import type { Principal } from '../../src/principal/index.js';

function ownPolicy(): Policy {
  const loaded = loadPolicy('.');
  if (loaded.kind === 'problems') throw new Error(loaded.problems.map(printProblem).join('\n'));
  return loaded;
}

/** The policy of the repository; a mistake in it is a mistake of another test. */
export const policy = ownPolicy();

/** What is said of an asker; what is not said is as wide as the purpose allows, but for words. */
export interface AskerOptions {
  readonly purpose?: Purpose;
  readonly scope?: readonly DataCategory[];
  readonly scopeWords?: readonly string[];
}

/** Who asks: every category in its scope unless said otherwise, none outside the first-party view. */
export function askerOf({
  purpose = 'ACCOUNT_SERVICING',
  scope,
  scopeWords = [],
}: AskerOptions): Pick<Principal, 'purpose' | 'scope' | 'scopeWords' | 'view'> {
  const view = viewOf(purpose);
  const named = scope ? maskOf([...scope, 'RELATIONSHIP']) : financialMask | maskOf(['CONSENT_RECORD', 'RECEIPT']);
  return { purpose, view, scope: view === 'first-party' ? named : 0, scopeWords: new Set(scopeWords) };
}
