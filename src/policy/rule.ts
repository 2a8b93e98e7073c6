/** A pure decision → a rule of graphql-shield: what every rule of the second book is made of. */
import type { GraphQLObjectType, GraphQLResolveInfo } from 'graphql';
import { anchorKey, type Evidence, type Row, type ShieldContext } from './evidence.js';
import { graphqlShield } from './shieldLibrary.js';
import type { DataCategory } from './vocabulary.js';

/** What a rule decides on. */
export interface Question {
  readonly evidence: Evidence;
  readonly row: Row;
  readonly args: Readonly<Record<string, unknown>>;
}

/** A named rule of the second book, and the categories that a field behind it carries: all of them must be permitted. */
export type Rule = ReturnType<ReturnType<typeof graphqlShield.rule>> & { readonly categories: readonly DataCategory[] };

const pure = new WeakSet<Rule>();

/** True of a rule that sees the evidence, the row and the arguments and nothing else: one made by {@link named}. */
export function isPure(rule: Rule): boolean {
  return pure.has(rule);
}

/**
 * The one way to make a rule. `permits` must be pure: the double entry asks it once for all positions that it cannot
 * tell apart.
 */
export function named(
  name: string,
  categories: readonly DataCategory[],
  permits: (question: Question) => boolean,
): Rule {
  const rule = graphqlShield.rule(name, { cache: 'no_cache' })(
    (parent: unknown, args: Record<string, unknown>, context: ShieldContext, info: GraphQLResolveInfo) =>
      permits({ evidence: context.evidence, row: rowOf(parent, info), args }),
  );
  const made: Rule = Object.assign(rule, { categories });
  Object.freeze(made);
  pure.add(made);
  return made;
}

/**
 * The row of a parent object. An object that belongs to an account must say to which: one that does not would be
 * judged by what is permitted somewhere at the bank, so it throws, which denies.
 */
function rowOf(parent: unknown, { parentType }: GraphQLResolveInfo): Row {
  const facts = (typeof parent === 'object' && parent !== null ? parent : {}) as Record<string | symbol, unknown>;
  const anchor = facts[anchorKey];
  const hanging = typeof anchor === 'string' ? { anchor } : {};
  const key = accountKeyOf(parentType);
  if (key === undefined) return hanging;
  const accountReference = facts[key];
  if (typeof accountReference !== 'string') throw new TypeError(`\`${parentType.name}\` without \`${key}\``);
  return { accountReference, ...hanging };
}

/** The field of an object type that says which account its objects belong to; undefined where they belong to none. */
export function accountKeyOf(type: GraphQLObjectType): 'reference' | 'accountReference' | undefined {
  if (type.getInterfaces().some(({ name }) => name === 'Account')) return 'reference';
  return 'accountReference' in type.getFields() ? 'accountReference' : undefined;
}
