/** Operation × principal → what the gateway would say and do, stage by stage, without asking anybody. */
import {
  parse,
  specifiedRules,
  type DocumentNode,
  getVariableValues,
  GraphQLError,
  validate,
  type VariableDefinitionNode,
} from 'graphql';
import { authorizeOperation, type AuthorizedOperation, type Ruling, rulingsOf, Verdicts } from '../authorize/index.js';
import { ClientFault, InternalFault } from '../fault/index.js';
import { checkedPort, operationTypeExists, wantedCoordinates } from '../gateway/index.js';
import { defaultOperationLimits, parseOperation } from '../operation/index.js';
import { contractSchema } from '../partition/index.js';
import { compilePlan, createPlanner, type PlanNode, printPlan, type SubgraphPort } from '../plan/index.js';
import { categoriesOf, type DataCategory, type Policy, type Purpose, type ViewName } from '../policy/index.js';
import type { Principal } from '../principal/index.js';
import { type BankShown, banksAsked } from './explainedBanks.js';

/** What is explained. */
export interface ExplainedOperation {
  readonly text: string;
  readonly operationName?: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Who asks, as the gateway reads it. */
export interface ShownAsker {
  readonly client: string;
  readonly purpose: Purpose;
  readonly customer?: string;
  readonly view: ViewName;
  readonly scope: readonly string[];
  /** The categories that the scope names. */
  readonly categories: readonly DataCategory[];
}

/** What the view says to an operation that is not valid there. */
export interface Refused {
  readonly kind: 'refused';
  readonly asker: ShownAsker;
  readonly errors: readonly string[];
  /** Coordinates of the whole graph that the view does not have: what the gateway's log names. */
  readonly hidden: readonly string[];
}

/** What happens to one that is. */
export interface Explained {
  readonly kind: 'explained';
  readonly asker: ShownAsker;
  readonly rulings: readonly Ruling[];
  /** As `printPlan` prints it; empty where there is none. */
  readonly plan: string;
  /** Empty for principals without a customer: no partner is asked for them. */
  readonly banks: readonly BankShown[];
  /** Why nothing would run: variables that do not fit, or what a stage refuses. */
  readonly problems: readonly string[];
}

/** One of both. */
export type Explanation = Refused | Explained;

type Subject = Omit<Policy, 'kind'>;

/** Composes nothing; plans once. Throws a `ClientFault` for text that is no GraphQL, or more than the gateway takes. */
export async function explain(
  policy: Subject,
  { text, operationName, variables }: ExplainedOperation,
  principal: Principal,
): Promise<Explanation> {
  const asker = shown(principal);
  const { schema } = policy.views[principal.view];
  const document = parsed(text);
  const hideSuggestions = principal.view !== 'first-party';
  const errors = validate(schema, document, [...specifiedRules, operationTypeExists], { hideSuggestions });
  if (errors.length > 0) {
    const hidden = wantedCoordinates(document, policy.views['first-party'].schema, schema);
    return { kind: 'refused', asker, errors: errors.map(({ message }) => message), hidden };
  }
  const operation = parseOperation({ document, operationName, schema }, defaultOperationLimits);
  const authorized = authorizeOperation(operation, new Verdicts(policy.table, principal));
  const rulings = rulingsOf(operation, policy.table, principal);
  return { kind: 'explained', asker, rulings, ...(await planned(policy, principal, { authorized, variables })) };
}

interface Asked {
  readonly authorized: AuthorizedOperation;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Policies that nothing would serve are explained too: where a stage refuses them, that is part of what is said. */
async function planned(
  policy: Subject,
  principal: Principal,
  { authorized, variables }: Asked,
): Promise<Pick<Explained, 'plan' | 'banks' | 'problems'>> {
  const { coerced, errors } = getVariableValues(policy.views[principal.view].schema, definitionsOf(authorized), {
    ...variables,
  });
  let plan = '';
  try {
    const node = await planFor(policy, principal, { authorized, variables: coerced ?? {} });
    plan = printPlan(node);
    const banks = node && coerced ? await banksAsked(policy, principal, { node, variables: coerced }) : [];
    return { plan, banks, problems: (errors ?? []).map(({ message }) => message) };
  } catch (error) {
    if (!(error instanceof InternalFault)) throw error;
    return { plan, banks: [], problems: [`the gateway would not run this: ${error.message}`] };
  }
}

function definitionsOf({ operation }: AuthorizedOperation): readonly VariableDefinitionNode[] {
  return operation.variableDefinitions ?? [];
}

function shown({ clientId, purpose, customer, view, scope, scopeWords }: Principal): ShownAsker {
  const facts = { client: clientId, purpose, view, scope: [...scopeWords], categories: categoriesOf(scope) };
  return customer === undefined ? facts : { ...facts, customer };
}

function parsed(text: string): DocumentNode {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    throw new ClientFault('GRAPHQL_PARSE_FAILED', `the operation is no GraphQL: ${error.message}`);
  }
}

/** The plan, checked against the verdicts as the gateway checks it; nothing of it can run. */
async function planFor(
  policy: Subject,
  principal: Principal,
  { authorized, variables }: Asked,
): Promise<PlanNode | null> {
  const planner = createPlanner(policy.supergraphSdl);
  const check = { table: policy.table, verdicts: new Verdicts(policy.table, principal), asker: principal };
  const silent: SubgraphPort = { prepare: () => async () => ({ data: null, faults: [] }) };
  const ports = new Map(
    policy.subgraphs.map(({ name, document }) => [name, checkedPort(silent, contractSchema(document), check)]),
  );
  const plan = await compilePlan({ authorized, planner, ports });
  return plan.nodeFor({ variables });
}
