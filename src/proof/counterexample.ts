/** A finding about a coordinate → a minimal operation and who sends it, so that anybody can replay it. */
import type { GraphQLSchema } from 'graphql';
import { viewOf, type Clients, type PolicyTable, type Purpose, type View, type Views } from '../policy/index.js';
import { admittedBy, admittedScope } from '../principal/index.js';
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
}

/** Undefined where no operation of the purpose's view reaches any of the aims. */
export function counterexampleOf(ground: ReplayGround, { purpose, aims, leak }: Replay): Counterexample | undefined {
  const { schema } = viewFor(ground.views, purpose);
  const operation = firstOperation(schema, aims);
  return operation === undefined ? undefined : { operation, principal: principalFor(ground, purpose), leak };
}

function viewFor(views: Views, purpose: Purpose): View {
  return views[viewOf(purpose)];
}

function firstOperation(schema: GraphQLSchema, aims: readonly Aim[]): string | undefined {
  for (const aim of aims) {
    const operation = minimalOperation(schema, aim);
    if (operation !== undefined) return operation;
  }
  return undefined;
}

/** The client of `policy/clients.yaml` with this purpose, and the widest scope that its tokens may have. */
function principalFor({ table, clients }: ReplayGround, purpose: Purpose): Counterexample['principal'] {
  const client = [...clients].find(([, registered]) => registered.has(purpose))?.[0] ?? 'unregistered';
  const scope = [...admittedScope(purpose, admittedBy(table)).keys()].join(' ');
  const customer = viewOf(purpose) === 'first-party' ? { customer: 'customer-1' } : {};
  return { client, purpose, scope, ...customer };
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
