/** One round: load on one gateway for a while, and what the kernel and the load saw of it. */
import { cpuMs, hold, nextMessage, release, residentBytes } from './process.mjs';

const sampleEveryMs = 200;

/** Warms a gateway up, then holds it until its first round. */
export async function settle({ gateway, request }, { load, seconds, connections = 50 }) {
  await order(load, { ...request, connections, seconds });
  hold(gateway.pid);
}

/** Releases the gateway, loads it, holds it again. CPU and memory are those of the process and its children. */
export async function measureRound({ gateway, request }, { load, settings }) {
  release(gateway.pid);
  await order(load, { ...request, connections: settings.connections, seconds: 0.3 });
  const before = cpuMs(gateway.pid);
  const memory = sampleMemory(gateway.pid);
  const report = await order(load, { ...request, connections: settings.connections, seconds: settings.seconds });
  const after = cpuMs(gateway.pid);
  const residentMax = memory.stop();
  hold(gateway.pid);
  return {
    requestsPerS: report.answers / report.tookS,
    p50Ms: report.p50Ms,
    p99Ms: report.p99Ms,
    failures: report.failures,
    firstFailure: report.firstFailure,
    ...(before !== undefined && { cpuMsPerRequest: (after - before) / report.answers }),
    ...(residentMax !== undefined && { residentBytes: residentMax }),
  };
}

/** Gives the load process an order and waits for its report. */
export async function order(load, { port, path, body, headers, expectedBytes, connections, seconds }) {
  load.child.send({ port, path, body, headers, expectedBytes, connections, seconds });
  return nextMessage(load, 'report');
}

function sampleMemory(pid) {
  let most = residentBytes(pid);
  const timer = setInterval(() => (most = Math.max(most, residentBytes(pid))), sampleEveryMs);
  return {
    stop: () => {
      clearInterval(timer);
      return most;
    },
  };
}
