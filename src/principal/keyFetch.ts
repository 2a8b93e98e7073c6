import { InternalFault } from '../fault/index.js';

const timeoutMs = 5_000;
const maxBytes = 256 * 1024;

/**
 * The parsed body of an issuer's key document; its shape is not checked here. Throws when it is not reachable within
 * 5 s, redirects, answers anything but 200, or is larger than 256 KiB.
 */
export async function fetchKeys(url: string): Promise<unknown> {
  const response = await fetch(url, {
    headers: { accept: 'application/jwk-set+json, application/json' },
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (response.status !== 200 || !response.body) {
    await response.body?.cancel();
    throw new InternalFault(`the key document was answered with status ${response.status}`);
  }
  return JSON.parse(await readBounded(response.body)) as unknown;
}

async function readBounded(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > maxBytes) throw new InternalFault(`the key document is larger than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
}
