/** What the gateway sent, read by the oracle: no coordinate that the reader may not see, nothing that tells worlds apart. */
import { type FieldNode, Kind, parse, visit, type SelectionSetNode } from 'graphql';
import type { Reader } from './noninterferenceData.js';
import type { OwnBooks } from './ownBooks.js';
import { PolicyOracle } from './policyOracle.js';
import { grantIn, type Sent } from './twoWorlds.js';

/** Those who hold financial data. */
export const partners: ReadonlySet<string> = new Set(['harbor', 'summit', 'prairie', 'union', 'wallet']);

const uncleared: ReadonlySet<string> = new Set(['offers', 'ads', 'apps']);
/** Of every call its own: the grant (its claims are compared), what binds the body to it, and the port that listens. */
const fresh: ReadonlySet<string> = new Set([
  'authorization',
  'host',
  'ringfence-mac',
  'ringfence-nonce',
  'ringfence-time',
  'x-fapi-interaction-id',
]);
const freshClaims: ReadonlySet<string> = new Set(['jti', 'iat', 'exp', 'nbf']);

/** The coordinates in a request to a partner that the oracle denies to its reader; keys of the gateway's own excepted. */
export function forbiddenIn({ books, keys }: OwnBooks, reader: Reader, { to, body }: Sent): string[] {
  const { query } = JSON.parse(body) as { query: string };
  const plain = visit(parse(query), { Field: ({ alias: _alias, ...node }): FieldNode => node });
  const oracle = new PolicyOracle(books, reader);
  const denied = plain.definitions.flatMap((definition) => {
    if (definition.kind !== Kind.OPERATION_DEFINITION) return [];
    return entitySets(definition.selectionSet).flatMap(([type, set]) => [...oracle.denied(plain, type, set)]);
  });
  const last = denied
    .map((path) => path.slice(path.lastIndexOf('/') + 1))
    .filter((coordinate) => !keys.has(coordinate));
  return last.map((coordinate) => `${coordinate} at ${to}`);
}

/** Where a document selects: on entities, on each type of its own; or on the root. */
function entitySets(root: SelectionSetNode): [string, SelectionSetNode][] {
  return root.selections.flatMap((node): [string, SelectionSetNode][] => {
    if (node.kind !== Kind.FIELD || node.name.value !== '_entities')
      return [['Query', { kind: Kind.SELECTION_SET, selections: [node] }]];
    return (node.selectionSet?.selections ?? []).flatMap((inner): [string, SelectionSetNode][] =>
      inner.kind === Kind.INLINE_FRAGMENT ? [[inner.typeCondition?.name.value ?? '', inner.selectionSet]] : [],
    );
  });
}

/**
 * All that uncleared subgraphs were sent, without what is fresh in every call. In order within each subgraph, which is all
 * that one of them can tell: calls to two of them leave together, and which arrives first is chance.
 */
export function asSeenBy(sent: readonly Sent[]): string {
  return [...uncleared]
    .flatMap((subgraph) => sent.filter(({ to }) => to === subgraph))
    .map(seen)
    .join('\n');
}

function seen({ to, headers, body }: Sent): string {
  const kept = Object.entries(headers).map(([name, value]) => [name, fresh.has(name) ? '' : value]);
  const claims = Object.entries(grantIn(headers.authorization ?? '')).filter(([name]) => !freshClaims.has(name));
  return JSON.stringify([to, kept, claims, body]);
}
