/** Reviewed exceptions, as the subgraphs state them by `@declassify`. */
import { Kind, type ConstDirectiveNode } from 'graphql';
import type { Problem } from '../../fault/index.js';
import type { CategoryBits } from '../classification.js';
import { argumentOf, usesOf, type FieldStatement, type TypeStatement } from '../statement.js';
import { readMask } from '../statedLabel.js';
import { locationOf } from '../subgraph.js';
import type { Declassification } from './flow.js';

/** Reads every use of `@declassify`: categories, a reason and an approver, none of them empty; each once per coordinate and subgraph. */
export function readDeclassifications(
  types: readonly TypeStatement[],
  bits: CategoryBits,
): { readonly declassifications: readonly Declassification[]; readonly problems: readonly Problem[] } {
  const declassifications: Declassification[] = [];
  const problems: Problem[] = [];
  for (const statement of types.flatMap(({ fields }) => fields)) {
    const [directive, second] = usesOf(statement.node, 'declassify');
    if (!directive) continue;
    const read = second ? 'states `@declassify` twice; expected once' : readOne(statement, directive, bits);
    if (typeof read !== 'string') declassifications.push(read);
    else
      problems.push({
        code: 'DECLASSIFY',
        message: read,
        coordinate: statement.coordinate,
        location: statement.location,
      });
  }
  return { declassifications, problems };
}

/** What the directive says, or what is wrong with it in words. */
function readOne(
  { coordinate, subgraph, location }: FieldStatement,
  directive: ConstDirectiveNode,
  bits: CategoryBits,
): Declassification | string {
  const read = readMask(argumentOf(directive, 'category'), bits);
  if (read.kind === 'unknown') return `declassifies \`${read.word}\`; expected a category of the closed list`;
  if (read.mask === 0) return 'declassifies an empty list of categories';
  const [reason, approver] = [textOf(directive, 'reason'), textOf(directive, 'approver')];
  if (reason === '') return 'declassifies without a reason; expected why nothing leaks';
  if (approver === '') return 'declassifies without an approver; expected who answers for it';
  return {
    coordinate,
    subgraph,
    categories: read.mask,
    reason,
    approver,
    location: locationOf(directive.loc) ?? location,
  };
}

function textOf(directive: ConstDirectiveNode, name: string): string {
  const value = argumentOf(directive, name);
  return value?.kind === Kind.STRING ? value.value.trim() : '';
}
