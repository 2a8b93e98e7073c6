/**
 * Just enough HTTP/1.1 for two programs that know each other: bytes of a connection in, whole messages out. Bodies come
 * with `content-length` or chunked. Written out here because Node's own server and client would cost the core that load
 * and subgraphs share more than a gateway takes, and then the benchmark would measure them.
 */

const headEnd = Buffer.from('\r\n\r\n');
const lineEnd = Buffer.from('\r\n');
const nothing = Buffer.alloc(0);

/** Splits a stream into messages; `onMessage(head, body)` gets the head as latin1 text and the body as bytes. */
export class MessageReader {
  #pending = nothing;
  #head;
  #bodyEnd = 0;

  constructor(onMessage) {
    this.onMessage = onMessage;
  }

  /** Takes the next bytes of the connection. */
  push(bytes) {
    this.#pending = this.#pending.length === 0 ? bytes : Buffer.concat([this.#pending, bytes]);
    while (this.#takeMessage());
  }

  #takeMessage() {
    if (this.#head === undefined && !this.#takeHead()) return false;
    return this.#bodyEnd === undefined ? this.#takeChunked() : this.#takeSized();
  }

  #takeHead() {
    const end = this.#pending.indexOf(headEnd);
    if (end < 0) return false;
    this.#head = this.#pending.latin1Slice(0, end);
    this.#pending = this.#pending.subarray(end + headEnd.length);
    this.#bodyEnd = bodyLength(this.#head);
    return true;
  }

  #takeSized() {
    if (this.#pending.length < this.#bodyEnd) return false;
    this.#finish(this.#pending.subarray(0, this.#bodyEnd), this.#bodyEnd);
    return true;
  }

  #takeChunked() {
    const parts = [];
    for (let at = 0; ;) {
      const line = this.#pending.indexOf(lineEnd, at);
      if (line < 0) return false;
      const size = Number.parseInt(this.#pending.latin1Slice(at, line), 16);
      const end = line + lineEnd.length + size;
      if (this.#pending.length < end + lineEnd.length) return false;
      parts.push(this.#pending.subarray(line + lineEnd.length, end));
      at = end + lineEnd.length;
      if (size === 0) return this.#finish(Buffer.concat(parts), at);
    }
  }

  #finish(body, length) {
    const head = this.#head;
    this.#head = undefined;
    this.#pending = this.#pending.subarray(length);
    this.onMessage(head, body);
    return true;
  }
}

/** Bytes of the body; undefined for a chunked one. */
function bodyLength(head) {
  const length = /\r\ncontent-length: *(\d+)/i.exec(head);
  if (length) return Number(length[1]);
  return /\r\ntransfer-encoding: *chunked/i.test(head) ? undefined : 0;
}

/** A whole response with a JSON body. */
export function jsonResponse(body, status = '200 OK') {
  const bytes = Buffer.from(body);
  const head = `HTTP/1.1 ${status}\r\ncontent-type: application/json; charset=utf-8\r\ncontent-length: ${bytes.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), bytes]);
}

/** A whole POST of JSON; `headers` are lines that end in CRLF. */
export function jsonRequest({ path, host, headers = '' }, body) {
  const bytes = Buffer.from(body);
  const head = `POST ${path} HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/json\r\naccept: application/json\r\n${headers}content-length: ${bytes.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), bytes]);
}

/** How much room {@link withTail} needs at the end of a response. */
export const tailBytes = 12;

const blanks = Buffer.from(' \t\n\r');
let written = 0;

/** A copy of a response whose last bytes are whitespace that no other copy has: the same JSON in other bytes. */
export function withTail(response) {
  const copy = Buffer.from(response);
  let rest = (written += 1);
  for (let at = copy.length - tailBytes; at < copy.length; at += 1) {
    copy[at] = blanks[rest & 3];
    rest >>>= 2;
  }
  return copy;
}
