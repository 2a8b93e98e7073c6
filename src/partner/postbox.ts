/** A door beside a partner's graph: JSON that the gateway bound to the partner's key, taken once. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { refusal } from './answer.js';
import { readBody } from './body.js';
import { createMacCheck } from './callCheck.js';
import type { MacKey } from './macKey.js';
import { sendJson } from './server.js';

/** What came in at one door. */
export interface Postbox<Message> {
  /** The latest 10,000, oldest first. */
  readonly messages: readonly Message[];
  /** Answers `POST`: 200 for a message that the gateway bound to this partner's key, now; 401 for any other. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

/** What a postbox is made from. */
export interface PostboxOptions<Message> {
  /** A function is asked at each message. */
  readonly macKeys: readonly MacKey[] | (() => readonly MacKey[]);
  readonly now: () => Date;
  /** What stands for the grant in what is bound. */
  readonly subject: string;
  readonly isMessage: (value: unknown) => value is Message;
  /** Told of each message as it comes in. Where it throws or rejects, the gateway hears that nothing was taken. */
  readonly onMessage: (message: Message) => void | Promise<void>;
}

const maxBodyBytes = 4096;
const mostKept = 10_000;

/** A postbox in memory. */
export function createPostbox<Message>(options: PostboxOptions<Message>): Postbox<Message> {
  const { subject, isMessage, onMessage, macKeys, now } = options;
  const isBound = createMacCheck({ macKeys: typeof macKeys === 'function' ? macKeys : () => macKeys, now });
  const messages: Message[] = [];
  const read = (headers: IncomingMessage['headers'], body: string): Message => {
    isBound(headers, { jti: subject, body });
    const message: unknown = JSON.parse(body);
    if (!isMessage(message)) throw new TypeError('no message');
    return message;
  };
  const take = async (message: Message): Promise<void> => {
    await onMessage(message);
    messages.push(message);
    if (messages.length > mostKept) messages.shift();
  };
  const isTaken = async (headers: IncomingMessage['headers'], body: string): Promise<boolean> => {
    try {
      await take(read(headers, body));
      return true;
    } catch {
      return false;
    }
  };
  return {
    messages,
    handle: async (request, response) => {
      if (request.method !== 'POST') return sendJson(request, response, refusal('METHOD_NOT_ALLOWED'));
      const body = await readBody(request, maxBodyBytes);
      if (body === undefined) return sendJson(request, response, refusal('PAYLOAD_TOO_LARGE'));
      if (!(await isTaken(request.headers, body))) return sendJson(request, response, refusal('UNAUTHENTICATED'));
      sendJson(request, response, { status: 200, body: '{}' });
    },
  };
}
