/** The policy files → a policy that may be served, or a fault that lists everything against it. */
import { buildASTSchema, type DefinitionNode, type GraphQLSchema, Kind, parse } from 'graphql';
import { printProblem, StartFault } from '../fault/index.js';
import {
  type Approval,
  compareBooks,
  loadPolicy,
  type Policy,
  printDifference,
  readLock,
  verifyLock,
} from '../policy/index.js';

/** How many lines a fault lists before it only counts. */
const listed = 40;

/** A policy that may be served, and who approved it. */
export interface ServablePolicy extends Policy {
  readonly approvals: readonly Omit<Approval, 'signature'>[];
}

/**
 * The policy below `root`, composed anew, compared with the second book and with its lock. Rejects with POLICY_INVALID for
 * any problem and for any difference between the books, with POLICY_UNAPPROVED where its lock does not hold, and with
 * POLICY_HASH_MISMATCH where `pinnedHash` is another's: then nothing serves.
 */
export async function openPolicy(root: string, pinnedHash?: string): Promise<ServablePolicy> {
  const policy = loadPolicy(root);
  if (policy.kind === 'problems') throw invalid('the policy does not hold', policy.problems.map(printProblem));
  refuseOtherPolicy(policy.hash, pinnedHash);
  const differences = await compareBooks({ schema: wholeSchema(policy.supergraphSdl), table: policy.table });
  if (differences.length > 0) throw invalid('the two books of the policy differ', differences.map(printDifference));
  const unapproved = verifyLock(root, policy);
  if (unapproved.length > 0) {
    const lines = ['the policy is not approved:', ...unapproved.map(printProblem)];
    throw new StartFault('POLICY_UNAPPROVED', lines.join('\n  '));
  }
  return { ...policy, approvals: approvalsBelow(root) };
}

function approvalsBelow(root: string): ServablePolicy['approvals'] {
  const read = readLock(root);
  const approvals = read.kind === 'ok' ? read.lock.approvals : [];
  return approvals.map(({ approver, at, reason }) => ({ approver, at, reason }));
}

/** Throws POLICY_HASH_MISMATCH unless `hash` is the pinned one, or none is pinned. */
export function refuseOtherPolicy(hash: string, pinnedHash: string | undefined): void {
  if (pinnedHash === undefined || pinnedHash === hash) return;
  throw new StartFault('POLICY_HASH_MISMATCH', `the policy here is \`${hash}\`, pinned is \`${pinnedHash}\``);
}

/** Every type of the graph with its inaccessible fields, without the machinery of the composition. */
export function wholeSchema(supergraphSdl: string): GraphQLSchema {
  const document = parse(supergraphSdl, { noLocation: true });
  const definitions = document.definitions.filter((definition) => !isMachinery(definition));
  return buildASTSchema({ ...document, definitions }, { assumeValidSDL: true });
}

function isMachinery(definition: DefinitionNode): boolean {
  if (definition.kind === Kind.DIRECTIVE_DEFINITION) return true;
  return 'name' in definition && /^(join|link)__/.test(definition.name?.value ?? '');
}

function invalid(what: string, lines: readonly string[]): StartFault {
  const more = lines.length > listed ? [`… and ${lines.length - listed} more`] : [];
  return new StartFault('POLICY_INVALID', [`${what}:`, ...lines.slice(0, listed), ...more].join('\n  '));
}
