/** A server that answers each message of a connection with the bytes that a function gives, in order, kept alive. */
import { createServer } from 'node:net';
import { MessageReader } from './messages.mjs';

/** Listens on 127.0.0.1. `answer(head, body)` gives a whole response as bytes, or a promise of one. Resolves with `{ port, close }`. */
export function listen(answer, port = 0) {
  const open = new Set();
  const server = createServer({ noDelay: true }, (socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => socket.destroy());
    serve(socket, answer);
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const close = () => {
        for (const socket of open) socket.destroy();
        server.close();
      };
      resolve({ port: server.address().port, close });
    });
  });
}

/** Clients here never pipeline, so an answer that comes later cannot overtake another on its connection. */
function serve(socket, answer) {
  const reader = new MessageReader((head, body) => {
    const response = answer(head, body);
    if (Buffer.isBuffer(response)) socket.write(response);
    else void response.then((bytes) => socket.write(bytes));
  });
  socket.on('data', (bytes) => reader.push(bytes));
}
