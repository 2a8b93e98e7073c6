/** The stages in order: operation, authorization, plan, harvest, receipt, response. */
import { getVariableValues, type GraphQLSchema } from 'graphql';
import { ClientFault, InternalFault } from '../fault/index.js';
import type { Asked, Exchange, Refused, Release, Shown } from '../plan/index.js';
import { rowsDemanded } from '../operation/index.js';
import type { ConsentPort, ViewName } from '../policy/index.js';
import type { ReceiptJournal } from '../receipt/index.js';
import { accountFor } from './account.js';
import type { Departures } from './departures.js';
import { type HiddenWish, type Pipeline, type PipelineRequest, Rendered } from './contract.js';
import type { Logger } from './log.js';
import type { OperationCache, ReadyOperation } from './operationCache.js';
import { type ReceiptBooks, refusalReceipts } from './receipts.js';
import { Repeats } from './repeats.js';

/** What the stages under policy rest on. */
export interface UnderPolicy extends ReceiptBooks {
  readonly consents: ConsentPort;
  readonly receipts: ReceiptJournal;
  /** The answers on their way to their sockets. */
  readonly departures: Departures;
  /** Rows that all pages of an operation may hold together. */
  readonly rowLimit: number;
}

/** What a pipeline is made of. */
export interface PipelineOptions {
  readonly schemas: ReadonlyMap<ViewName, GraphQLSchema>;
  readonly operations: OperationCache;
  /** Absent in plain mode. */
  readonly underPolicy?: UnderPolicy;
  readonly now: () => Date;
  readonly logger: Logger;
}

/** A pipeline's options, and what it keeps from one request to the next. */
interface Running extends PipelineOptions {
  readonly repeats: Repeats;
}

/** The stages, ready to run. One for all views; nothing of a request outlives it. */
export function createPipeline(options: PipelineOptions): Pipeline {
  const schema = (view: ViewName): GraphQLSchema => {
    const found = options.schemas.get(view);
    if (!found) throw new InternalFault(`there is no view \`${view}\``);
    return found;
  };
  const running: Running = { ...options, repeats: new Repeats() };
  const { underPolicy } = options;
  return {
    schema,
    ...(underPolicy && { noteRefusal: (wish) => noteRefusal(options, underPolicy, wish) }),
    run: async (request) => {
      const ready = await options.operations.find(request, schema(request.view));
      refuseStaleLogin(ready, request, options.now());
      return execute(running, request, ready);
    },
  };
}

/** What a view hides was wanted: nothing ran, and the refusal is counted as that of a planned operation is. */
async function noteRefusal(
  { now, logger }: PipelineOptions,
  underPolicy: UnderPolicy,
  { principal, requestId, wanted }: HiddenWish,
): Promise<void> {
  const entries = refusalReceipts({ principal, requestId, now: now() }, wanted, underPolicy);
  if (entries.length === 0) return;
  await underPolicy.receipts.append(entries).catch((error: unknown) => {
    logger.error({ requestId, err: error }, 'a refusal could not be written down');
  });
}

async function execute(options: Running, request: PipelineRequest, ready: ReadyOperation): Promise<Rendered> {
  const happened: Preparation['happened'] = { asked: [], releases: [], shown: [], withheld: [] };
  const base = await exchangeOf(options, request, { ready, happened });
  const repeatable = options.repeats.begin(ready, base.variables);
  const exchange = repeatable ? { ...base, tape: repeatable.tape } : base;
  const repeated = await repeatable?.text(exchange);
  const harvest = repeated === undefined ? await ready.plan.run(exchange) : undefined;
  const { refused } = ready.authorized;
  const { underPolicy, logger } = options;
  const last = underPolicy
    ? await accountFor(underPolicy, { exchange, happened, refused, handed: request.handed }, logger)
    : exchange;
  if (!harvest) return new Rendered(repeated ?? '');
  const text = ready.serialize(harvest, last);
  repeatable?.keep(text);
  return new Rendered(text);
}

interface Preparation {
  readonly ready: ReadyOperation;
  readonly happened: {
    readonly asked: Asked[];
    readonly releases: Release[];
    readonly shown: Shown[];
    readonly withheld: Refused[];
  };
}

function listeners({ asked, releases, shown, withheld }: Preparation['happened']) {
  return {
    onAsked: (part: Asked): unknown => asked.push(part),
    onRelease: (part: Release): unknown => releases.push(part),
    onShown: (part: Shown): unknown => shown.push(part),
    onRefused: (part: Refused): unknown => withheld.push(part),
  };
}

async function exchangeOf(
  options: PipelineOptions,
  request: PipelineRequest,
  { ready, happened }: Preparation,
): Promise<Exchange> {
  const { principal, requestId, signal, deadlineAt, view } = request;
  const now = options.now();
  const variables = coerced(ready, request);
  refuseManyRows(ready, variables, options.underPolicy);
  const base = { requestId, signal, deadlineAt, now, variables, ...listeners(happened) };
  if (!principal) return base;
  const { consents } = options.underPolicy ?? {};
  if (!consents || principal.customer === undefined || view !== 'first-party') return { ...base, principal };
  const { customer, clientId: client, purpose } = principal;
  try {
    return { ...base, principal, standing: await consents.standing({ customer, client, purpose }, now) };
  } catch (error) {
    options.logger.error({ requestId, err: error }, 'the state of consents is not known: no bank is asked');
    return { ...base, principal, stopped: 'STALE' };
  }
}

const noVariables: Readonly<Record<string, unknown>> = Object.freeze({});

function coerced({ authorized }: ReadyOperation, { variables }: PipelineRequest): Readonly<Record<string, unknown>> {
  const { schema, operation } = authorized;
  if (!operation.variableDefinitions?.length) return noVariables;
  const result = getVariableValues(schema, operation.variableDefinitions ?? [], { ...variables }, { maxErrors: 5 });
  if (result.coerced) return result.coerced;
  const names = result.errors
    .map(({ message }) => /^Variable "\$(\w+)"/.exec(message)?.[1])
    .filter((name) => name !== undefined);
  const [name] = names;
  throw new ClientFault(
    'BAD_USER_INPUT',
    name ? `the value of variable \`$${name}\` does not fit its type` : undefined,
  );
}

function refuseManyRows(
  { rows }: ReadyOperation,
  variables: Readonly<Record<string, unknown>>,
  underPolicy: UnderPolicy | undefined,
): void {
  if (!rows || !underPolicy || rowsDemanded(rows, variables) <= underPolicy.rowLimit) return;
  const message = `the pages of the operation hold more than ${underPolicy.rowLimit} rows together: ask for fewer with \`first\``;
  throw new ClientFault('OPERATION_TOO_LARGE', message);
}

const freshLoginMs = 5 * 60_000;
const needFreshLogin: ReadonlySet<string> = new Set(['grantConsent', 'sendPayment']);

/** Granting a consent and sending money take a login of the last five minutes (domain.md, 4). */
function refuseStaleLogin({ authorized }: ReadyOperation, { principal }: PipelineRequest, now: Date): void {
  if (!principal || !authorized.writes.some((field) => needFreshLogin.has(field))) return;
  const ageMs = now.getTime() - (principal.authTime ?? 0) * 1000;
  if (ageMs <= freshLoginMs) return;
  throw new ClientFault('UNAUTHENTICATED', 'the customer logged in more than five minutes ago: ask for a new login');
}
