/** The law that the gateway's verdicts are those of an oracle that shares nothing with it. */
import {
  buildSchema,
  isAbstractType,
  type DocumentNode,
  Kind,
  parse,
  type SelectionSetNode,
  validate,
  type GraphQLSchema,
} from 'graphql';
import { authorizeOperation, Verdicts, type PrincipalClass } from '../../src/authorize/index.js';
import { defaultOperationLimits, parseOperation } from '../../src/operation/index.js';
import {
  compileTable,
  projectViews,
  purposes,
  viewOf,
  type PolicyTable,
  type Purpose,
  type Views,
} from '../../src/policy/index.js';
import { matrixProblems } from '../../src/policy/matrixCheck.js';
import { matrixOf, type MatrixFile } from '../../src/policy/matrixFile.js';
import { admittedBy, admittedScope } from '../../src/principal/index.js';
import { readScope } from '../../src/principal/scope.js';
import { classifySdl } from '../supergraph/smallGraph.js';
import { Dice } from './dice.js';
import type { Law, RoundReport } from './law.js';
import { admittedWords, type Books, type Claims } from './policyBooks.js';
import { PolicyOracle } from './policyOracle.js';
import { drawPolicy, type RandomPolicy } from './randomPolicy.js';
import { OperationDraw } from './verdictsOperation.js';

/** How many cases one random policy serves. */
const casesPerPolicy = 50;

const firstParty = purposes.filter((purpose) => viewOf(purpose) === 'first-party');

/** What a round compares: the gateway's table may be swapped for a wrong one, to see that the law notices. */
export interface VerdictsInput {
  readonly seed: number;
  readonly cases: number;
  readonly tableOf?: typeof compileTable;
}

/** The gateway's parts over one random policy. */
interface World {
  readonly policy: RandomPolicy;
  readonly table: PolicyTable;
  readonly views: Views;
  readonly whole: GraphQLSchema;
  readonly possible: Readonly<Record<string, readonly string[]>>;
}

/** Compares so many cases; the texts of those that differ. */
export function compareVerdicts({ seed, cases, tableOf = compileTable }: VerdictsInput): string[] {
  const found: string[] = [];
  for (let done = 0; done < cases; done += casesPerPolicy) {
    const dice = new Dice(seed + done);
    const world = worldOf(drawPolicy(dice), tableOf);
    const texts = Array.from({ length: Math.min(casesPerPolicy, cases - done) }, () => compareOne(dice, world));
    found.push(...texts.flatMap((text, index) => (text ? [`policy ${seed + done}, case ${index}: ${text}`] : [])));
  }
  return found;
}

function worldOf(policy: RandomPolicy, tableOf: typeof compileTable): World {
  const { books } = policy;
  const classified = classifySdl(policy.subgraphs);
  if (classified.kind === 'problems') throw new Error(JSON.stringify(classified.problems));
  const problemAt = (path: readonly unknown[], code: string, message: string): never => {
    throw new Error(`${path.join('.')} ${code} ${message}`);
  };
  const { rows, anchors, picking, writes, open, entries } = books;
  const value = { rows, anchors, picking, writes, open, entries } as unknown as MatrixFile;
  const { matrix } = matrixOf({ kind: 'ok', value, problemAt });
  matrixProblems(matrix, classified.classification, problemAt);
  const table = tableOf(classified.classification, matrix);
  const whole = buildSchema(policy.publicSdl);
  return { policy, table, views: projectViews(parse(policy.publicSdl), table), whole, possible: possibleTypes(whole) };
}

/** Type → the types that a fragment on it may name. */
function possibleTypes(schema: GraphQLSchema): Record<string, string[]> {
  const named = Object.values(schema.getTypeMap()).filter((type) => 'getInterfaces' in type || 'getTypes' in type);
  return Object.fromEntries(
    named.map((type) => {
      const isAbstract = 'getTypes' in type || type.astNode?.kind === Kind.INTERFACE_TYPE_DEFINITION;
      const members = isAbstract ? schema.getPossibleTypes(type as never).map(({ name }) => name) : [];
      const faces = 'getInterfaces' in type ? type.getInterfaces().map(({ name }) => name) : [];
      return [type.name, ['getTypes' in type ? [] : [type.name], members, faces].flat()];
    }),
  );
}

function compareOne(dice: Dice, world: World): string | undefined {
  const { books } = world.policy;
  const purpose = dice.chance(60) ? dice.pick(firstParty) : dice.pick(purposes);
  const claims = drawClaims(dice, books, purpose);
  const asker = askerOf(world.table, purpose, claims.scope);
  const isAdmitted =
    claims.scope === '' || claims.scope.split(' ').every((word) => admittedWords(books, purpose).includes(word));
  const text = new OperationDraw(dice, books, world.possible).document();
  const told = `${purpose} \`${claims.scope}\`\n${text}`;
  if (asker === undefined || !isAdmitted)
    return (asker === undefined) === isAdmitted
      ? `${told}\nthe token is ${isAdmitted ? 'refused' : 'taken'}`
      : undefined;
  const document = parse(text);
  const difference = differenceOf(world, { document, asker, claims });
  return difference === undefined ? undefined : `${told}\n${difference}`;
}

function drawClaims(dice: Dice, books: Books, purpose: string): Claims {
  const words = dice.some(admittedWords(books, purpose), dice.pick([30, 80, 100, 100]));
  const foreign = ['data:balance', 'ads:targeting', 'audit:read', 'consent:manage', 'data:derived', 'data:app-public'];
  const more = dice.chance(6) ? dice.some(foreign, 40).filter((word) => !words.includes(word)) : [];
  return { purpose, scope: [...words, ...more].join(' ') };
}

/** The class of principals that the gateway makes of the claims; undefined where it refuses them. */
function askerOf(table: PolicyTable, purpose: Purpose, text: string): PrincipalClass | undefined {
  try {
    const { mask, words } = readScope(text, admittedScope(purpose, admittedBy(table)));
    return { purpose, scope: mask, scopeWords: words };
  } catch {
    return undefined;
  }
}

interface Case {
  readonly document: DocumentNode;
  readonly asker: PrincipalClass;
  readonly claims: Claims;
}

/** What oracle and gateway say differently. In a view that hides what it denies, no difference is a hidden field either. */
function differenceOf(world: World, { document, asker, claims }: Case): string | undefined {
  const { schema } = world.views[viewOf(asker.purpose)];
  const { books } = world.policy;
  const [definition] = document.definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error('no operation stands first');
  const root = world.whole.getRootType(definition.operation)?.name ?? '';
  const deniedIn = (some: Books): Set<string> =>
    new PolicyOracle(some, claims).denied(document, root, definition.selectionSet);
  const expected = deniedIn(books);
  const hidden = viewOf(asker.purpose) === 'first-party' ? [] : problemsIn(schema, document);
  if (hidden.length > 0) return expected.size > 0 ? undefined : `hidden, and permitted: ${hidden.join('; ')}`;
  const parsed = parseOperation({ document, schema }, defaultOperationLimits);
  const { denied } = authorizeOperation(parsed, new Verdicts(world.table, asker));
  const actual = deniedPaths(parsed.operation.selectionSet, root, { denied, targets: books.targets });
  const visible = deniedIn(shown(books, schema));
  const more = [...actual].filter((path) => !visible.has(path) && !isNamedAside(world, asker.purpose, path));
  const less = [...visible].filter((path) => !actual.has(path));
  if (more.length + less.length === 0) return undefined;
  return `denied by the gateway alone: ${more.join(', ')}\ndenied by the oracle alone: ${less.join(', ')}`;
}

/** Why a view refuses a document; `first-party` is the whole graph, for which all of them are made. */
function problemsIn(schema: GraphQLSchema, document: DocumentNode): string[] {
  const isRootless = document.definitions.some((one) => 'operation' in one && !schema.getRootType(one.operation));
  return isRootless ? ['the view has no such root'] : validate(schema, document).map(String);
}

/**
 * The gateway denies an item's field that is named through a type which the anchor edge does not lead to, such as another
 * interface of the object: stricter than the policy asks.
 */
function isNamedAside({ policy: { books }, whole }: World, purpose: Purpose, path: string): boolean {
  const reached = (books.anchors[purpose] ?? []).flatMap((edge) => {
    const target = whole.getType(books.targets[edge] ?? '');
    return [target?.name, ...(isAbstractType(target) ? whole.getPossibleTypes(target).map(({ name }) => name) : [])];
  });
  const steps = path.split('/').map((step) => step.split('.')[0] ?? '');
  return reached.length > 0 && steps.some((type) => /^[OF]/.test(type) && !reached.includes(type));
}

/** The books with only those input fields that a view shows: no other can be given there. */
function shown(books: Books, schema: GraphQLSchema): Books {
  const has = (coordinate: string): boolean => {
    const [type = '', field = ''] = coordinate.split('.');
    const known = schema.getType(type);
    return known !== undefined && 'getFields' in known && field in known.getFields();
  };
  const inputs = Object.entries(books.inputs).map(([type, fields]) => [type, fields.filter(has)] as const);
  return { ...books, inputs: Object.fromEntries(inputs) };
}

/** The denied positions of a parsed operation, named as the oracle names them. */
function deniedPaths(
  set: SelectionSetNode,
  root: string,
  { denied, targets }: { denied: ReadonlyMap<object, unknown>; targets: Books['targets'] },
): Set<string> {
  const found = new Set<string>();
  const walk = ({ selections }: SelectionSetNode, type: string, at: { path: string; lost: boolean }): void => {
    for (const node of selections) {
      if (node.kind === Kind.INLINE_FRAGMENT) walk(node.selectionSet, node.typeCondition?.name.value ?? type, at);
      if (node.kind !== Kind.FIELD || node.name.value.startsWith('__')) continue;
      const path = `${at.path}/${type}.${(node.alias ?? node.name).value}`;
      const lost = at.lost || denied.has(node);
      if (lost) found.add(path);
      if (node.selectionSet) walk(node.selectionSet, targets[`${type}.${node.name.value}`] ?? '', { path, lost });
    }
  };
  walk(set, root, { path: '', lost: false });
  return found;
}

/** The law, as `npm run laws` runs it. */
export const verdicts: Law = {
  name: 'verdicts',
  statement:
    'the verdict of every position is that of an oracle written apart, on random graphs, labels, policies and tokens',
  casesPerRound: 1000,
  runs: { full: 200_000, quick: 20_000 },
  refusable: 0,
  round: async (seed, { cases }): Promise<RoundReport> => ({
    cases,
    refused: {},
    counterexamples: compareVerdicts({ seed: seed * 1000, cases }),
  }),
};
