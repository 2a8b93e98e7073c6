/** The platform's subgraphs that run in a process of their own, over HTTP on one port. */
import { refusal, sendJson, startServer, type RunningServer, type Subgraph } from '../../src/partner/index.js';
import { Sandbox } from '../bank/sandbox.js';

/**
 * Serves each subgraph at `/<name>/graphql`, what it was asked at `GET /__sandbox/requests?subgraph=<name>` and its
 * faults at `/__sandbox/fault?subgraph=<name>`, on 127.0.0.1. Port 0 takes a free one. Rejects with EADDRINUSE when the
 * port is taken.
 */
export function servePlatform(subgraphs: ReadonlyMap<string, Subgraph>, port: number): Promise<RunningServer> {
  const sandboxes = new Map([...subgraphs].map(([name, subgraph]) => [name, new Sandbox(subgraph)]));
  return startServer(port, async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://platform.invalid');
    const [, named] = /^\/([a-z]+)\/graphql$/.exec(pathname) ?? [];
    if (named !== undefined) {
      const asked = sandboxes.get(named);
      if (asked !== undefined) return asked.handle('/graphql', request, response);
    }
    const watched = pathname.startsWith('/__sandbox/') ? sandboxes.get(searchParams.get('subgraph') ?? '') : undefined;
    if (watched !== undefined) return watched.handle(pathname, request, response);
    return sendJson(request, response, refusal('NOT_FOUND'));
  });
}
