/** Documents → operations that are parsed, judged, planned and ready to serialize: once per document and class. */
import type { GraphQLSchema } from 'graphql';
import { LRUCache } from 'lru-cache';
import {
  admitOperation,
  authorizeOperation,
  type AuthorizedOperation,
  classKey,
  Verdicts,
} from '../authorize/index.js';
import { InternalFault } from '../fault/index.js';
import { type OperationLimits, parseOperation, type RowDemand, rowDemandOf } from '../operation/index.js';
import {
  CaseCache,
  compilePlan,
  type CompiledPlan,
  keptPromise,
  type Planner,
  type SubgraphPort,
} from '../plan/index.js';
import type { Policy } from '../policy/index.js';
import type { Principal } from '../principal/index.js';
import { compileSerializer, type PositionGuard, type Serializer } from '../response/index.js';
import type { PipelineRequest } from './contract.js';
import { checkedPort } from './planCheck.js';

/** An operation that is ready to run. Holds nothing of any request. */
export interface ReadyOperation {
  /** What it was made of, view and class of the principal included, as text. */
  readonly key: string;
  readonly authorized: AuthorizedOperation;
  readonly plan: CompiledPlan;
  readonly serialize: Serializer;
  /** The pages that it asks for; absent in plain mode, where nobody says what a page is. */
  readonly rows?: RowDemand;
}

/** The policy that operations are judged by. */
export interface JudgedBy {
  readonly policy: Policy;
  readonly schemas: ReadonlyMap<string, GraphQLSchema>;
  readonly guard: PositionGuard;
}

/** What operations are made ready with. */
export interface OperationCacheOptions {
  readonly planner: Planner;
  readonly ports: ReadonlyMap<string, SubgraphPort>;
  readonly limits: OperationLimits;
  /** Absent in plain mode. */
  readonly judgedBy?: JudgedBy;
  /** Bound on the characters of the documents kept, over all views; each counts as {@link fixedCharacters} more. */
  readonly maxCharacters: number;
}

/** A plan, its closures and its narrowed documents take memory however short the text: about this many characters. */
const fixedCharacters = 4096;

/** Finds or makes ready operations; the least recently used go first. */
export class OperationCache {
  private readonly ready: LRUCache<string, Promise<ReadyOperation>>;
  private readonly cases = new CaseCache();

  constructor(private readonly options: OperationCacheOptions) {
    this.ready = new LRUCache({
      maxSize: options.maxCharacters,
      sizeCalculation: (_, key) => key.length + fixedCharacters,
    });
  }

  /** Rejects with what parsing and planning throw; nothing of a failure is kept. Asked at once, it is made once. */
  find(request: PipelineRequest, schema: GraphQLSchema): Promise<ReadyOperation> {
    const key = keyOf(request);
    return keptPromise(this.ready, key, () => this.make(key, request, schema));
  }

  private async make(
    key: string,
    { document, operationName, principal }: PipelineRequest,
    schema: GraphQLSchema,
  ): Promise<ReadyOperation> {
    const { cases } = this;
    const { planner, limits, judgedBy } = this.options;
    const parsed = parseOperation({ document, operationName, schema }, limits);
    if (!judgedBy) {
      const authorized = admitOperation(parsed);
      const plan = await compilePlan({ authorized, planner, ports: this.options.ports, cases });
      return { key, authorized, plan, serialize: compileSerializer(authorized, { keyOf: plan.keyOf, cases }) };
    }
    if (!principal) throw new InternalFault('an operation is to be judged for nobody');
    const verdicts = new Verdicts(judgedBy.policy.table, principal);
    const authorized = authorizeOperation(parsed, verdicts);
    const plan = await compilePlan({ authorized, planner, ports: this.checked(judgedBy, verdicts, principal), cases });
    return {
      key,
      authorized,
      plan,
      rows: rowDemandOf(authorized.operation),
      serialize: compileSerializer(authorized, { guard: judgedBy.guard, keyOf: plan.keyOf, cases }),
    };
  }

  private checked(
    { policy, schemas }: JudgedBy,
    verdicts: Verdicts,
    asker: Principal,
  ): ReadonlyMap<string, SubgraphPort> {
    const check = { table: policy.table, verdicts, asker };
    const checked = new Map<string, SubgraphPort>();
    for (const [name, port] of this.options.ports) {
      const schema = schemas.get(name);
      if (schema) checked.set(name, checkedPort(port, schema, check));
    }
    return checked;
  }
}

/** A principal is the same object from request to request for as long as its token is remembered. */
const classKeys = new WeakMap<Principal, string>();

function classKeyOf(principal: Principal): string {
  let key = classKeys.get(principal);
  if (key === undefined) classKeys.set(principal, (key = classKey(principal)));
  return key;
}

/** View, class of the principal, operation name and text; all but the text, which ends it, are kept apart by JSON. */
function keyOf({ view, principal, operationName, source }: PipelineRequest): string {
  const asked = JSON.stringify([view, principal ? classKeyOf(principal) : null, operationName ?? null]);
  return asked + source;
}
