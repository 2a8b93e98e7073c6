/** A sandbox's HTTP side: the subgraph, its request log, and the faults it can be told to have. */
import { z } from 'zod';
import {
  loggedRequest,
  readBody,
  refusal,
  sendJson,
  startServer,
  type RequestHandler,
  type RunningServer,
  type Subgraph,
  type KeyBook,
  type RevocationBook,
  type WitnessBook,
} from '../../src/partner/index.js';
import { faultOrder, misbehave, type Fault } from './fault.js';

/** The keys of a bank, as its operators hand them in. */
export const partnerKeysSchema = z.strictObject({
  grantKeys: z.array(z.looseObject({ kty: z.string(), kid: z.string() })),
  macKeys: z.array(z.strictObject({ kid: z.string().min(1), key: z.string() })),
});

/** What a bank keeps of what it was sent besides operations. */
export interface SandboxBooks {
  readonly witness: WitnessBook;
  readonly revocations: RevocationBook;
  readonly keys: KeyBook;
}

/**
 * Serves a bank on 127.0.0.1: `/graphql`, `/witness`, `/revocations`, `/keys`, and under `/__sandbox/`: `requests`, `witness`,
 * `revocations`, `keys` (which `PUT` replaces, as the bank's own people do), `fault`. Faults touch `/graphql` only.
 */
export async function serveSandbox(subgraph: Subgraph, port: number, books: SandboxBooks): Promise<RunningServer> {
  const sandbox = new Sandbox(subgraph, books);
  return startServer(port, (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://sandbox.invalid');
    return sandbox.handle(pathname, request, response);
  });
}

type Request = Parameters<RequestHandler>[0];
type Response = Parameters<RequestHandler>[1];
type Book = SandboxBooks[keyof SandboxBooks];

const maxBodyBytes = 1_048_576;

/** One subgraph, what it was asked, and the fault that it has. */
export class Sandbox {
  #fault: Fault | undefined;

  constructor(
    private readonly subgraph: Subgraph,
    private readonly books?: SandboxBooks,
  ) {}

  /** Answers at one of `/graphql`, `/__sandbox/requests` and `/__sandbox/fault`; NOT_FOUND elsewhere. */
  async handle(pathname: string, request: Request, response: Response): Promise<void> {
    switch (pathname) {
      case '/graphql':
        return this.#fault === undefined
          ? this.subgraph.handle(request, response)
          : this.#fail(this.#fault, request, response);
      case '/witness':
        return this.#take(this.books?.witness, request, response);
      case '/revocations':
        return this.#take(this.books?.revocations, request, response);
      case '/keys':
        return this.#take(this.books?.keys, request, response);
      case '/__sandbox/keys':
        return request.method === 'PUT'
          ? this.#replaceKeys(request, response)
          : this.#show(this.books?.keys, request, response);
      case '/__sandbox/witness':
        return this.#show(this.books?.witness, request, response);
      case '/__sandbox/revocations':
        return this.#show(this.books?.revocations, request, response);
      case '/__sandbox/requests':
        return this.#showRequests(request, response);
      case '/__sandbox/fault':
        return this.#setFault(request, response);
      default:
        return sendJson(request, response, refusal('NOT_FOUND'));
    }
  }

  #showRequests(request: Request, response: Response): void {
    if (request.method !== 'GET') return sendJson(request, response, refusal('METHOD_NOT_ALLOWED'));
    const { count, entries: requests } = this.subgraph.requests;
    sendJson(request, response, { status: 200, body: JSON.stringify({ count, requests }) });
  }

  async #take(book: Book | undefined, request: Request, response: Response): Promise<void> {
    await (book?.handle(request, response) ?? sendJson(request, response, refusal('NOT_FOUND')));
  }

  /** JSON Lines; those of the witness as `ringfence receipts verify --witness` takes them. */
  #show(book: Book | undefined, request: Request, response: Response): void {
    if (request.method !== 'GET') return sendJson(request, response, refusal('METHOD_NOT_ALLOWED'));
    const lines = (book?.messages ?? []).map((message) => `${JSON.stringify(message)}\n`);
    response.writeHead(200, { 'content-type': 'application/jsonl', 'cache-control': 'no-store' });
    response.end(lines.join(''));
  }

  async #replaceKeys(request: Request, response: Response): Promise<void> {
    const keys = partnerKeysSchema.safeParse(parsed(await readBody(request, maxBodyBytes)));
    if (!keys.success || !this.books) return sendJson(request, response, refusal('BAD_REQUEST'));
    this.books.keys.replace(keys.data);
    sendJson(request, response, { status: 200, body: '{}' });
  }

  async #setFault(request: Request, response: Response): Promise<void> {
    if (request.method === 'DELETE') this.#fault = undefined;
    else if (request.method !== 'POST') return sendJson(request, response, refusal('METHOD_NOT_ALLOWED'));
    else {
      const order = faultOrder.safeParse(parsed(await readBody(request, maxBodyBytes)));
      if (!order.success) return sendJson(request, response, refusal('BAD_REQUEST'));
      this.#fault = order.data;
    }
    sendJson(request, response, { status: 200, body: JSON.stringify({ fault: this.#fault ?? null }) });
  }

  async #fail(fault: Fault, request: Request, response: Response): Promise<void> {
    const body = await readBody(request, maxBodyBytes);
    if (body === undefined) return sendJson(request, response, refusal('PAYLOAD_TOO_LARGE'));
    const log = (status: number): void => this.subgraph.requests.add(loggedRequest(body, status));
    if (fault.kind === 'hang' || fault.kind === 'down') log(0);
    const outcome = await misbehave(fault, () => this.subgraph.answer({ headers: request.headers, body }));
    if (outcome.kind === 'silence') return;
    if (outcome.kind === 'reset') return void request.socket.resetAndDestroy();
    if (!outcome.logged) log(outcome.answer.status);
    if (outcome.retryAfterS !== undefined) response.setHeader('retry-after', String(outcome.retryAfterS));
    sendJson(request, response, outcome.answer);
  }
}

function parsed(body: string | undefined): unknown {
  try {
    return JSON.parse(body ?? '');
  } catch {
    return undefined;
  }
}
