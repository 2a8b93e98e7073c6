/** The bytes of a request's body → text, within a limit that holds while they arrive. */
import type { IncomingMessage } from 'node:http';
import { ClientFault } from '../fault/index.js';

/**
 * How much of a body over the limit is read and dropped before the refusal goes out: a client that is still writing
 * when its connection closes may lose the answer.
 */
const droppedBytes = 16 * 1024 * 1024;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The body as text. Rejects with PAYLOAD_TOO_LARGE past `limitBytes`, holding no more than that in memory, and with
 * BAD_REQUEST for bytes that are not UTF-8 or a body that ends early.
 */
export async function readBody(request: IncomingMessage, limitBytes: number): Promise<string> {
  const bytes = await collect(request, limitBytes);
  try {
    return utf8.decode(bytes);
  } catch (cause) {
    throw new ClientFault('BAD_REQUEST', 'the body is not valid UTF-8', { cause });
  }
}

function collect(request: IncomingMessage, limitBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const tooLarge = (): void =>
      reject(new ClientFault('PAYLOAD_TOO_LARGE', `the body is larger than ${limitBytes} bytes`));
    const chunks: Buffer[] = [];
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= limitBytes) chunks.push(chunk);
      else chunks.length = 0;
      if (length > limitBytes + droppedBytes) tooLarge();
    });
    request.on('end', () => (length > limitBytes ? tooLarge() : resolve(Buffer.concat(chunks, length))));
    const cutShort = (cause?: Error): void => {
      if (!request.complete) reject(new ClientFault('BAD_REQUEST', 'the body ended early', { cause }));
    };
    request.on('error', cutShort);
    request.on('close', cutShort);
  });
}
