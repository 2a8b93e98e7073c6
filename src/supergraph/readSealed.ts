import { Kind } from 'graphql';
import type { Problem } from '../fault/index.js';
import { isSealedKind, type SealedKind } from './sealed.js';
import { argumentOf, usesOf, type FieldStatement, type TypeStatement } from './statement.js';

/** Subgraph → coordinate → kind, from `@sealed` on fields and arguments; an unknown kind is a problem. */
export function readSealed(
  types: readonly TypeStatement[],
  problems: Problem[],
): ReadonlyMap<string, ReadonlyMap<string, SealedKind>> {
  const sealed = new Map<string, Map<string, SealedKind>>();
  for (const statement of types.flatMap(({ fields }) => fields)) {
    const kind = sealedKind(statement, problems);
    if (!kind) continue;
    const coordinates = sealed.get(statement.subgraph) ?? new Map<string, SealedKind>();
    coordinates.set(statement.coordinate, kind);
    sealed.set(statement.subgraph, coordinates);
  }
  return sealed;
}

function sealedKind({ node, coordinate, location }: FieldStatement, problems: Problem[]): SealedKind | undefined {
  const [directive] = usesOf(node, 'sealed');
  if (!directive) return undefined;
  const value = argumentOf(directive, 'as');
  const word = value?.kind === Kind.ENUM ? value.value : undefined;
  if (isSealedKind(word)) return word;
  const message = `is sealed as \`${word ?? 'nothing'}\`; expected a kind of the closed list`;
  problems.push({ code: 'UNKNOWN_SEALED_KIND', message, coordinate, location });
  return undefined;
}
