/** The program of a planning process: loads one supergraph, plans what it is sent, and ends when its parent does. */
import { loadHere, type LoadedSupergraph, type PlanRequest } from './library.js';
import type { Order, Reply } from './planningProcess.js';

let loaded: LoadedSupergraph | undefined;

async function replyTo(order: Order): Promise<Reply> {
  try {
    if (order.kind === 'load') {
      loaded = loadHere(order.supergraphSdl);
      const { consumerSchema, overridePercentages } = loaded;
      return { kind: 'loaded', consumerSchema, overridePercentages: [...overridePercentages] };
    }
    if (!loaded) throw new TypeError('nothing is loaded');
    return { kind: 'planned', id: order.id, plan: await loaded.plan(requestOf(order)) };
  } catch (error) {
    return { kind: 'refused', ...(order.kind === 'plan' && { id: order.id }), reason: reasonOf(error) };
  }
}

function requestOf({ document, labels, drawn }: PlanRequest): PlanRequest {
  return { document, labels, drawn };
}

/** The library's own words stand in the cause. */
function reasonOf(error: unknown): string {
  const { cause } = error as { cause?: unknown };
  return cause instanceof Error ? cause.message : String((error as Error).message);
}

process.on('message', (order: Order) => void replyTo(order).then((reply) => process.send?.(reply)));
process.once('disconnect', () => process.exit(0));
