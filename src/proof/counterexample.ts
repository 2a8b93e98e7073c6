/** A finding about a coordinate → a minimal operation and who sends it, so that anybody can replay it. */
import { parse, type GraphQLSchema } from 'graphql';
import { Verdicts } from '../authorize/index.js';
import { defaultOperationLimits, parseOperation } from '../operation/index.js';
import { viewOf, type Clients, type PolicyTable, type Purpose, type View, type Views } from '../policy/index.js';
import { admittedBy, admittedScope, readScope } from '../principal/index.js';
import type { Counterexample } from './finding.js';
import { minimalOperation, type Aim } from './minimalOperation.js';

/** What counterexamples are made from. */
export interface ReplayGround {
  readonly table: PolicyTable;
  readonly views: Views;
  readonly clients: Clients;
}

/** Whom and what a counterexample is about; of several aims the first that the purpose's view can reach is taken. */
export interface Replay {
  readonly purpose: Purpose;
  readonly aims: readonly Aim[];
  readonly leak: string;
  /** What the token names; all that the purpose admits where nothing is given. */
  readonly scope?: string;
}

/** Undefined where no operation of the purpose's view reaches any of the aims. */
export function counterexampleOf(ground: ReplayGround, replay: Replay): Counterexample | undefined {
  const { purpose, aims, leak } = replay;
  const { schema } = viewFor(ground.views, purpose);
  const operation = firstOperation(schema, aims);
  return operation === undefined ? undefined : { operation, principal: principalFor(ground, replay), leak };
}

/** The first replay all of whose positions the gateway would permit. Tries two dozen, which is more than ever differ. */
export function permittedCounterexample(ground: ReplayGround, replays: readonly Replay[]): Counterexample | undefined {
  for (const replay of replays.slice(0, 24)) {
    const found = counterexampleOf(ground, replay);
    if (found && refusedIn(ground, found).length === 0) return found;
  }
  return undefined;
}

/** Coordinates of a counterexample's operation that the gateway would refuse its principal. */
export function refusedIn({ table, views }: ReplayGround, { operation, principal }: Counterexample): readonly string[] {
  const { purpose, scope } = principal;
  const { mask, words } = readScope(scope, admittedScope(purpose, admittedBy(table)));
  const parsed = parseOperation(
    { document: parse(operation), schema: viewFor(views, purpose).schema },
    defaultOperationLimits,
  );
  return new Verdicts(table, { purpose, scope: mask, scopeWords: words }).judge(parsed).refused;
}

function viewFor(views: Views, purpose: Purpose): View {
  return views[viewOf(purpose)];
}

function firstOperation(schema: GraphQLSchema, aims: readonly Aim[]): string | undefined {
  for (const aim of aims) {
    const operation = operationFor(schema, aim);
    if (operation !== undefined) return operation;
  }
  return undefined;
}

/** View → the operation of each aim so far: hundreds of classes of principals may tell of one coordinate. */
const operations = new WeakMap<GraphQLSchema, Map<string, string | undefined>>();

function operationFor(schema: GraphQLSchema, aim: Aim): string | undefined {
  const known = operations.get(schema) ?? new Map<string, string | undefined>();
  operations.set(schema, known);
  const key = JSON.stringify([aim.coordinate, aim.below]);
  if (!known.has(key)) known.set(key, minimalOperation(schema, aim));
  return known.get(key);
}

/** The client of `policy/clients.yaml` with this purpose, and the widest scope that its tokens may have. */
function principalFor(
  { table, clients }: ReplayGround,
  { purpose, scope: named }: Replay,
): Counterexample['principal'] {
  const client = [...clients].find(([, registered]) => registered.has(purpose))?.[0] ?? 'unregistered';
  const scope = named ?? widestScope(table, purpose).join(' ');
  const customer = viewOf(purpose) === 'first-party' ? { customer: 'customer-1' } : {};
  return { client, purpose, scope, ...customer };
}

/** Every word that a token of the purpose may name. */
export function widestScope(table: PolicyTable, purpose: Purpose): readonly string[] {
  return [...admittedScope(purpose, admittedBy(table)).keys()];
}

/** The shell lines that replay a counterexample: the operation into a file, a token, and what the gateway would say. */
export function replayLines({ operation, principal }: Counterexample): readonly string[] {
  const { client, purpose, scope, customer } = principal;
  const asked = [`--client ${client}`, `--purpose ${purpose}`, ...(customer ? [`--customer ${customer}`] : [])];
  return [
    `printf '%s\\n' '${operation.replaceAll("'", `'\\''`)}' > counterexample.graphql`,
    `TOKEN=$(npx ringfence token ${asked.join(' ')} --scope '${scope}')`,
    'npx ringfence explain counterexample.graphql --as "$TOKEN"',
  ];
}
