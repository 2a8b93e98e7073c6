/** The platform's subgraphs that run in a process of their own, over HTTP on one port. */
import { refusal, sendJson, startServer, type RunningServer, type Subgraph } from '../../src/partner/index.js';

/**
 * Serves each subgraph at `/<name>/graphql` and what it was asked at `GET /__sandbox/requests?subgraph=<name>`, on
 * 127.0.0.1. Port 0 takes a free one. Rejects with EADDRINUSE when the port is taken.
 */
export function servePlatform(subgraphs: ReadonlyMap<string, Subgraph>, port: number): Promise<RunningServer> {
  return startServer(port, async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://platform.invalid');
    const [, name = ''] = /^\/([a-z]+)\/graphql$/.exec(pathname) ?? [];
    const asked = subgraphs.get(name);
    if (asked !== undefined) return asked.handle(request, response);
    const logged = pathname === '/__sandbox/requests' ? subgraphs.get(searchParams.get('subgraph') ?? '') : undefined;
    if (logged === undefined) return sendJson(request, response, refusal('NOT_FOUND'));
    if (request.method !== 'GET') return sendJson(request, response, refusal('METHOD_NOT_ALLOWED'));
    const { count, entries: requests } = logged.requests;
    return sendJson(request, response, { status: 200, body: JSON.stringify({ count, requests }) });
  });
}
