/** A subgraph that is one GraphQL server behind one URL → its port. The network is somebody else's. */
import { type FieldFault, type FaultCode, faultCodes, fieldFault } from '../fault/index.js';
import { placeErrors, type UpstreamError } from './upstreamErrors.js';
import type { Exchange } from './exchange.js';
import { isPlainObject, ownValue } from './ownValue.js';
import type { Sent } from './tape.js';
import type { FetchAnswer, FetchRunner, FetchStep, Representation, SubgraphPort } from './subgraph.js';

/** Sends a GraphQL request; only a `query` may be sent twice. Never rejects for a failed call. */
export type Send = (body: string, exchange: Exchange, operation: FetchStep['operation']) => Promise<Sent>;

/** How a plain subgraph is reached, and whether clients may read its error messages (plain mode) or only codes. */
export interface PlainSubgraphInput {
  readonly send: Send;
  readonly errorText: 'kept' | 'dropped';
  /** True where answers may be kept and compared with later ones: nobody is named to the subgraph who asks. */
  readonly repeats?: boolean;
}

/** The port of a plain subgraph. */
export function plainSubgraph({ send, errorText, repeats }: PlainSubgraphInput): SubgraphPort {
  const faultOf = errorText === 'kept' ? keptFault : codedFault;
  return {
    prepare: (step) => prepare(step, { send, faultOf }),
    ...(repeats && {
      carry:
        ({ operation }) =>
        (body, exchange) =>
          send(body, exchange, operation),
    }),
  };
}

function prepare(
  step: FetchStep,
  { send, faultOf }: { readonly send: Send; readonly faultOf: (error: UpstreamError) => FieldFault },
): FetchRunner {
  const head = `{"query":${JSON.stringify(step.text)}`;
  return async (exchange, representations) => {
    const variables = variablesOf(step, exchange, representations);
    const body = variables === '' ? `${head}}` : `${head},"variables":{${variables}}}`;
    const ask = () => send(body, exchange, step.operation);
    const sent = await (exchange.tape?.take(step, body, ask) ?? ask());
    if (sent.kind === 'failed') return { data: null, faults: [sent.fault] };
    const sizes = representations.map(({ length }) => length);
    const answer = readAnswer(parsed(sent.bytes), { step, sizes, faultOf });
    return { ...answer, isPlain: !sent.bytes.includes(backslash) };
  };
}

function variablesOf(
  { variables, slots }: FetchStep,
  exchange: Exchange,
  representations: readonly (readonly Representation[])[],
): string {
  const supplied = variables.filter((name) => ownValue(exchange.variables, name) !== undefined);
  return [
    ...supplied.map((name) => `${JSON.stringify(name)}:${JSON.stringify(exchange.variables[name])}`),
    ...slots.map(
      ({ variable }, index) => `${JSON.stringify(variable)}:${JSON.stringify(representations[index] ?? [])}`,
    ),
  ].join(',');
}

/** Begins every escape of JSON. */
const backslash = 0x5c;

/** Undefined for what is no JSON. */
function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}

/** What an answer is read against: how many entities each slot asked for, and how errors become faults. */
interface Expectation {
  readonly step: FetchStep;
  readonly sizes: readonly number[];
  readonly faultOf: (error: UpstreamError) => FieldFault;
}

const unusable: FetchAnswer = Object.freeze({ data: null, faults: [fieldFault('SUBGRAPH_UNAVAILABLE')] });

function readAnswer(json: unknown, { step, sizes, faultOf }: Expectation): FetchAnswer {
  if (!isPlainObject(json)) return unusable;
  const data = ownValue(json, 'data') ?? null;
  const errors = readErrors(ownValue(json, 'errors') ?? []);
  if (!errors || (data !== null && !isPlainObject(data)) || (data === null && errors.length === 0)) return unusable;
  const faults = errors.map((error) => ({ fault: faultOf(error), path: error.path }));
  if (data) return { data, faults: placeErrors(data, faults) };
  return step.slots.length === 0 ? nothingAtRoot(faults) : nothingOfEntities(faults, { step, sizes, faultOf });
}

type PlacedFault = Parameters<typeof placeErrors>[1][number];

function nothingAtRoot(faults: readonly PlacedFault[]): FetchAnswer {
  return { data: null, faults: faults.map(({ fault, path }) => (path?.length ? { ...fault, below: path } : fault)) };
}

/** Errors that name their entities cost only those a reason; the others are null without one. */
function nothingOfEntities(faults: readonly PlacedFault[], { step, sizes }: Expectation): FetchAnswer {
  const data = Object.fromEntries(
    step.slots.map(({ alias }, index) => [alias, Array.from({ length: sizes[index] ?? 0 }, () => null)]),
  );
  const unplaced = placeErrors(data, faults);
  return unplaced.length === 0 ? { data, faults: [] } : { data: null, faults: faults.map(({ fault }) => fault) };
}

/** Undefined when the member is no list of errors. */
function readErrors(member: unknown): UpstreamError[] | undefined {
  if (!Array.isArray(member)) return undefined;
  return member.every(isPlainObject) ? member.map(readError) : undefined;
}

function readError(error: Record<string, unknown>): UpstreamError {
  const [message, path, extensions] = ['message', 'path', 'extensions'].map((key) => ownValue(error, key));
  return {
    message: typeof message === 'string' ? message : faultCodes.SUBGRAPH_UNAVAILABLE.text,
    path: isPath(path) ? path : undefined,
    extensions: isPlainObject(extensions) ? extensions : undefined,
  };
}

function isPath(path: unknown): path is (string | number)[] {
  return Array.isArray(path) && path.every((key) => typeof key === 'string' || Number.isInteger(key));
}

function keptFault({ message, extensions }: UpstreamError): FieldFault {
  return { code: 'SUBGRAPH_UNAVAILABLE', message, ...(extensions && { extensions }) };
}

/** Only a code of the gateway's own list passes, in the gateway's words. */
function codedFault({ extensions }: UpstreamError): FieldFault {
  const code = extensions && ownValue(extensions, 'code');
  return fieldFault(isFaultCode(code) ? code : 'SUBGRAPH_UNAVAILABLE');
}

function isFaultCode(code: unknown): code is FaultCode {
  return typeof code === 'string' && Object.hasOwn(faultCodes, code);
}
