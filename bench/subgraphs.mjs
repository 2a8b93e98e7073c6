/**
 * The four subgraphs of the benchmark, one process and four ports. A body that was never seen is run by graphql-js; its
 * answer is kept as bytes, so that from then on a subgraph costs next to nothing, whatever plan a gateway makes. With
 * an IPC channel it says where it listens, and takes orders: `{ kind: 'answers', fresh }` says whether the bytes of each
 * answer are new (whitespace at its end that never comes twice), so that a gateway cannot live off having seen them;
 * `{ kind: 'record' }` holds each answer back for a moment and notes who asked for what while others waited;
 * `{ kind: 'recorded' }` gives the notes.
 */
import { federation1Sdl } from './graph/federation1.mjs';
import { subgraphNames } from './graph/graph.mjs';
import { answerTo, subgraphSchema } from './graph/subgraphs.mjs';
import { Memory } from './http/memory.mjs';
import { jsonResponse, tailBytes, withTail } from './http/messages.mjs';
import { listen } from './http/server.mjs';

const rememberedBytes = 64 * 1024 * 1024;
const heldBackMs = 25;

let record;
let fresh = false;

function answering(name) {
  const schema = subgraphSchema(name, federation1Sdl(name));
  const memory = new Memory(rememberedBytes);
  return (_, body) => {
    const text = body.toString('utf8');
    const remembered = memory.recall(text, () => jsonResponse(answerTo(schema, text) + ' '.repeat(tailBytes)));
    const response = fresh ? withTail(remembered) : remembered;
    return record === undefined ? response : noted({ name, text, response });
  };
}

/** The wave of a request is one more than that of the last answer that had left before the request came. */
async function noted({ name, text, response }) {
  const { list } = record;
  const call = { name, body: text, answerBytes: response.length, wave: record.answered + 1 };
  list.push(call);
  await new Promise((resolve) => setTimeout(resolve, heldBackMs));
  if (record !== undefined) record.answered = Math.max(record.answered, call.wave);
  return response;
}

function obey({ kind, ...order }) {
  if (kind === 'answers') fresh = order.fresh;
  if (kind === 'record') record = { list: [], answered: 0 };
  if (kind !== 'recorded') return;
  process.send({ kind: 'recorded', calls: record?.list ?? [] });
  record = undefined;
}

const ports = {};
for (const name of subgraphNames) ports[name] = (await listen(answering(name))).port;
process.on('message', obey);
process.once('disconnect', () => process.exit(0));
process.send?.({ kind: 'ready', ports });
