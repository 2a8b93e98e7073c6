/** One request to one partner: granted, bound, sent, parsed, and its errors placed. */
import { ClientFault, type FaultCode, type FieldFault, fieldFault } from '../fault/index.js';
import type { Cancelled, Exchange, HarvestObject } from '../plan/index.js';
import type { ConsentPort, PolicyTable } from '../policy/index.js';
import { grantHeaders } from './grant.js';
import { grantBodyOf } from './grantBody.js';
import type { GrantIssuer } from './issuer.js';
import { type Leave, leaveNow, type LeaveRefusal, movedSince, type Resting } from './leave.js';
import type { Share } from './territory.js';

/** A message for one partner. */
export interface PartnerMessage {
  readonly bank: string;
  readonly body: string;
  /** Asked for each attempt, so that no nonce is sent twice. */
  readonly headers: () => Readonly<Record<string, string>>;
  /** Asked of each attempt, with its headers, right before its first byte; what it does not let go is not sent. */
  readonly leave: (headers: Readonly<Record<string, string>>) => Leave;
  readonly deadlineAt: number;
  readonly signal: Cancelled;
  /** Reads may be retried, writes never. */
  readonly idempotent: boolean;
}

/** What came of it. */
export type LineAnswer =
  { readonly kind: 'answer'; readonly text: string } | { readonly kind: 'failed'; readonly code: LeaveRefusal };

/** The line to the partners: each with its own pool, breaker and limits. Never rejects for a partner's failure. */
export type PartnerLine = (message: PartnerMessage) => Promise<LineAnswer>;

/** Why a partner may not be asked now, whoever asks. */
type Bar = Extract<LeaveRefusal, 'BANK_UNAVAILABLE' | 'BANK_THROTTLED'>;

/** What a partner's agreement says of when, and of how often, it is asked. */
export interface Admission {
  /** Undefined where the partner may be asked. */
  barred(bank: string): Bar | undefined;
  /** The same, for a request that is sent if it may be: then it is counted. */
  admit(bank: string): Bar | undefined;
}

/** What calls are made with. */
export interface CallTools {
  readonly line: PartnerLine;
  readonly issuer: GrantIssuer;
  readonly consents: ConsentPort;
  readonly admission: Admission;
  readonly table: PolicyTable;
  /** Told why an answer was not used: no value, no token, nothing of the customer. */
  readonly onBreach: (bank: string, reason: string) => void;
}

/** A request within a share. */
export interface PartnerRequest {
  readonly share: Share;
  readonly text: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly write: boolean;
  /** Told of each attempt, right before it is sent, by the id under which the partner's log knows it. */
  readonly onAsked: (interaction: string) => void;
}

/** A partner's answer, or why there is none to use. */
export type PartnerAnswer =
  | { readonly kind: 'answer'; readonly data: HarvestObject; readonly failed: ReadonlyMap<string, FieldFault> }
  | { readonly kind: 'failed'; readonly fault: FieldFault };

/**
 * Makes the call. INVARIANT: the consent epoch is compared, and the partner's admission asked, right before the first byte of
 * each attempt, however long the call has waited for a connection.
 */
export async function callPartner(
  tools: CallTools,
  exchange: Exchange,
  request: PartnerRequest,
): Promise<PartnerAnswer> {
  const { principal, standing } = exchange;
  const { bank } = request.share.territory;
  if (!principal?.customer || !standing) return { kind: 'failed', fault: fieldFault('CONSENT_REQUIRED') };
  const resting = { customer: principal.customer, epoch: standing.epoch };
  const refused = (await movedSince(tools.consents, resting)) ?? tools.admission.barred(bank);
  if (refused) return { kind: 'failed', fault: fieldFault(refused, bank) };
  const body = JSON.stringify({ query: request.text, variables: request.variables });
  const grant = grantBodyOf(request.share, principal, tools.table);
  const headers = await boundOrNot(tools.issuer.bind(grant, standing.epoch, body));
  if (typeof headers === 'string') return { kind: 'failed', fault: fieldFault(headers, bank) };
  const leave = leaveOf(tools, resting, request);
  const { deadlineAt, signal } = exchange;
  const answer = await tools.line({ bank, body, headers, leave, deadlineAt, signal, idempotent: !request.write });
  return answer.kind === 'failed'
    ? { kind: 'failed', fault: fieldFault(answer.code, bank) }
    : read(answer.text, bank, tools);
}

/** Why there is no key to speak to the partner with, instead of what makes headers. */
async function boundOrNot<Bound>(binding: Promise<Bound>): Promise<Bound | FaultCode> {
  try {
    return await binding;
  } catch (error) {
    if (error instanceof ClientFault) return error.code;
    throw error;
  }
}

/** What is asked of each attempt. Only one that goes is counted, and told of. */
function leaveOf(
  { consents, admission }: CallTools,
  resting: Resting,
  { share, onAsked }: PartnerRequest,
): PartnerMessage['leave'] {
  return (headers) => {
    const leave = leaveNow(consents, resting);
    if (leave.kind !== 'go') return leave;
    const code = admission.admit(share.territory.bank);
    if (code) return { kind: 'refused', code };
    onAsked(headers[grantHeaders.interaction] ?? '');
    return leave;
  };
}

function read(text: string, bank: string, { onBreach }: CallTools): PartnerAnswer {
  const unusable = (reason: string): PartnerAnswer => {
    onBreach(bank, reason);
    return { kind: 'failed', fault: fieldFault('BANK_UNAVAILABLE', bank) };
  };
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return unusable('the answer is no JSON');
  }
  if (!isRecord(parsed)) return unusable('the answer is no object');
  const errors = parsed['errors'] ?? [];
  if (!Array.isArray(errors) || errors.length > mostErrors)
    return unusable('the errors are no list, or too long a one');
  const [first]: unknown[] = errors;
  if (parsed['data'] === null && first !== undefined) return { kind: 'failed', fault: faultOf(first, bank) };
  if (!isRecord(parsed['data'])) return unusable('the answer holds no data');
  // An error without a place beside data could explain any null: the specification knows none (7.1.2), nor do we.
  if (!errors.every((error) => isRecord(error) && isPath(error['path']))) return unusable('an error has no place');
  return { kind: 'answer', data: parsed['data'], failed: placed(errors, bank) };
}

/** More than a page of 1000 rows can fail in, and than any operation nests: what follows them costs time alone. */
const mostErrors = 20_000;
const longestPath = 100;

function isPath(path: unknown): path is (string | number)[] {
  if (!Array.isArray(path) || path.length === 0 || path.length > longestPath) return false;
  return path.every((key) => typeof key === 'string' || Number.isInteger(key));
}

/** Each path that an error points at, and every path above it: the null that it left is at one of them. */
function placed(errors: readonly HarvestObject[], bank: string): ReadonlyMap<string, FieldFault> {
  const failed = new Map<string, FieldFault>();
  for (const error of errors) {
    const path = isPath(error['path']) ? error['path'] : [];
    const fault = faultOf(error, bank);
    path.map((_, index) => JSON.stringify(path.slice(0, index + 1))).forEach((key) => note(failed, key, fault));
  }
  return failed;
}

function note(failed: Map<string, FieldFault>, key: string, fault: FieldFault): void {
  if (!failed.has(key)) failed.set(key, fault);
}

/** Of a partner's error only a code of this list travels on; its text never does. */
const passedOn: ReadonlyMap<unknown, FaultCode> = new Map<unknown, FaultCode>([
  ['BAD_USER_INPUT', 'BAD_USER_INPUT'],
  ['BANK_THROTTLED', 'BANK_THROTTLED'],
  ['STALE', 'STALE'],
  // What the gateway's purpose allowed and the partner's shield denies lacks consent on that row's own account.
  ['PURPOSE_DENIED', 'CONSENT_REQUIRED'],
  ['CONSENT_REQUIRED', 'CONSENT_REQUIRED'],
]);

function faultOf(error: unknown, bank: string): FieldFault {
  const extensions: unknown = isRecord(error) ? error['extensions'] : undefined;
  const stated: unknown = isRecord(extensions) ? extensions['code'] : undefined;
  return fieldFault(passedOn.get(stated) ?? 'BANK_UNAVAILABLE', bank);
}

function isRecord(value: unknown): value is HarvestObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
