import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Problem } from '../fault/index.js';
import type { Requirement, Restrictions } from '../supergraph/index.js';
import { readPolicyFile } from './policyFile.js';
import {
  categoriesOf,
  controlCategories,
  financialMask,
  maskOf,
  purposes,
  purposeWords,
  scopeOf,
  viewOf,
  type CategoryMask,
  type Purpose,
} from './vocabulary.js';

/** Policy name, as `@policy` demands it → the purposes that satisfy it. */
export type Policies = ReadonlyMap<string, ReadonlySet<Purpose>>;

const file = 'policy/policies.yaml';
const policiesSchema = z.strictObject({ policies: z.record(z.string(), z.array(z.enum(purposes))) });
const scopedMask: CategoryMask = financialMask | maskOf(controlCategories);

/** Reads `policy/policies.yaml` below `root`; a project without that file has no policies. */
export function readPolicies(root: string): { readonly policies: Policies; readonly problems: readonly Problem[] } {
  if (!existsSync(join(root, file))) return { policies: new Map(), problems: [] };
  const read = readPolicyFile(root, file, policiesSchema);
  if (read.kind === 'problems') return { policies: new Map(), problems: read.problems };
  const policies = Object.entries(read.value.policies).map(([name, words]) => [name, new Set(words)] as const);
  return { policies: new Map(policies), problems: [] };
}

/** Policy names that fields demand and that no purpose is named for anywhere. */
export function unknownPolicies(restrictions: Restrictions, policies: Policies): Problem[] {
  return [...restrictions].flatMap(([coordinate, demands]) => {
    const names = demands.flatMap(({ kind, anyOf }) => (kind === 'policies' ? anyOf.flat() : []));
    return [...new Set(names)]
      .filter((name) => !policies.has(name))
      .map((name) => {
        const message = `demands policy \`${name}\`, which \`${file}\` does not name; list the purposes that satisfy it there`;
        return { code: 'POLICY_NAME', message, coordinate };
      });
  });
}

/** Who meets what fields demand beyond their labels. */
export interface Demands {
  /** True when a token of this purpose with these scope words meets every demand of the field. True for fields without any. */
  meets(purpose: Purpose, coordinate: string, words: ReadonlySet<string>): boolean;
  /** False when no token of this purpose can. `readable`: the categories that its row does not deny. */
  canMeet(purpose: Purpose, coordinate: string, readable: CategoryMask): boolean;
}

/** Compiles restrictions: every demand must be met, each by all words of one of its lists. A lookup where there are none. */
export function compileDemands(restrictions: Restrictions, policies: Policies): Demands {
  const every = (purpose: Purpose, coordinate: string, holds: (word: string) => boolean): boolean =>
    (restrictions.get(coordinate) ?? []).every((demand) =>
      isMet(demand, (word) => {
        return demand.kind === 'policies' ? (policies.get(word)?.has(purpose) ?? false) : holds(word);
      }),
    );
  return {
    meets: (purpose, coordinate, words) => every(purpose, coordinate, (word) => words.has(word)),
    canMeet: (purpose, coordinate, readable) =>
      every(purpose, coordinate, (word) => isAdmitted(purpose, word, readable)),
  };
}

function isMet({ anyOf }: Requirement, holds: (word: string) => boolean): boolean {
  return anyOf.some((list) => list.length > 0 && list.every(holds));
}

/** Whether the token's parser takes the word for the purpose (domain.md, 4). */
function isAdmitted(purpose: Purpose, word: string, readable: CategoryMask): boolean {
  if (purposeWords.get(purpose) === word) return true;
  if (viewOf(purpose) !== 'first-party') return false;
  return categoriesOf(readable & scopedMask).some((category) => scopeOf(category) === word);
}
