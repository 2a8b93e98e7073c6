/** Carries calls to subgraphs: the only way out of the gateway. */
import { InternalFault } from '../fault/index.js';
import type { Answer, Call, Destination } from './call.js';
import { openLane, type Lane } from './lane.js';

/** Posts to registered destinations. */
export interface Transport {
  /**
   * Throws a `TransportFault` when there is no usable answer, and an `InternalFault` for an address that is not
   * registered. Redirects are not followed and no proxy is used.
   */
  post(call: Call): Promise<Answer>;
  /** Takes no more calls, waits for those under way (their deadlines bound it), closes all connections. */
  close(): Promise<void>;
}

/**
 * A transport to these destinations and to nothing else. Destinations share no connection, bound or breaker, so that
 * one that is down, slow or lying costs the others nothing. Throws an `InternalFault` for an address that is not one.
 */
export function createTransport(options: { readonly destinations: readonly Destination[] }): Transport {
  options.destinations.forEach(checkDestination);
  const lanes = new Map(options.destinations.map((destination) => [destination.url, openLane(destination)]));
  let closing: Promise<unknown> | undefined;
  return {
    async post(call) {
      if (closing) throw new InternalFault('the transport is closed');
      return laneTo(lanes, call.url).post(call);
    },
    async close() {
      closing ??= Promise.all([...lanes.values()].map((lane) => lane.close()));
      await closing;
    },
  };
}

function laneTo(lanes: ReadonlyMap<string, Lane>, url: string): Lane {
  const lane = lanes.get(url);
  if (!lane) throw new InternalFault('a call to an address that is not registered');
  return lane;
}

function checkDestination({ url }: Destination): void {
  const { protocol, username, password, hash } = URL.canParse(url) ? new URL(url) : { ...nowhere };
  const plain = username === '' && password === '' && hash === '';
  if (!plain || (protocol !== 'http:' && protocol !== 'https:')) {
    throw new InternalFault('a destination needs an http or https address without credentials or fragment');
  }
}

const nowhere = { protocol: '', username: '', password: '', hash: '' };
