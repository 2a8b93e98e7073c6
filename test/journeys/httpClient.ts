/** HTTP as it goes over the wire: status, headers and the exact bytes. */
import { Agent, request as httpRequest, type IncomingHttpHeaders } from 'node:http';

export interface HttpSend {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Sent over a connection of its own, and once: what writes must not be repeated. */
  readonly writes?: boolean;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** A client that keeps its connections until it is closed. */
export class HttpClient {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 200 });

  send(message: HttpSend): Promise<HttpAnswer> {
    const { method, url, headers, body } = message;
    const agent = message.writes === true ? false : this.#agent;
    return new Promise((resolve, reject) => {
      const request = httpRequest(url, { method, headers, agent }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
        });
      });
      request.on('error', (error: NodeJS.ErrnoException) => {
        // A server lets idle connections go, and may do so at the moment that one is taken up again for a read.
        if (request.reusedSocket && error.code === 'ECONNRESET') resolve(this.send(message));
        else reject(error);
      });
      request.end(body === '' ? undefined : body);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}

/** The bytes that a client can tell apart: status, headers but `date`, body. */
export function bytesOf({ status, headers, text }: HttpAnswer): string {
  const { date: _date, ...rest } = headers;
  return JSON.stringify([status, rest, text]);
}
