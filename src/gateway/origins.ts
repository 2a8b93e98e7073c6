/** Cross-origin access: none unless an origin is listed. */
import type { HttpAnswer } from './answer.js';
import type { Handler, Route } from './httpServer.js';

const allowed = {
  'access-control-allow-methods': 'GET, POST',
  'access-control-allow-headers': 'authorization, content-type, apollo-require-preflight',
  'access-control-max-age': '600',
} as const;

/** The route with answers that the listed origins may read; the route itself where none is listed. */
export function withOrigins(route: Route, origins: readonly string[]): Route {
  if (origins.length === 0) return route;
  const readable =
    (handler: Handler): Handler =>
    async (call) =>
      grant(await handler(call), call.request.headers.origin, origins);
  const preflight: Handler = async () => ({ status: 204, headers: allowed, body: '' });
  return {
    ...(route.GET && { GET: readable(route.GET) }),
    ...(route.POST && { POST: readable(route.POST) }),
    OPTIONS: readable(preflight),
  };
}

function grant(answer: HttpAnswer, origin: string | undefined, origins: readonly string[]): HttpAnswer {
  const listed = origin !== undefined && origins.includes(origin);
  return {
    ...answer,
    headers: { ...answer.headers, vary: 'origin', ...(listed && { 'access-control-allow-origin': origin }) },
  };
}
