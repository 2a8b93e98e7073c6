/** The explorer's page and its assets, from local files. */
import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { Route } from './httpServer.js';
import { StartFault } from '../fault/index.js';

const mediaTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.woff2': 'font/woff2',
};

/** Scripts and calls stay with this origin; the editor draws its styles at run time. */
const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self' blob:",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self' data:",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * One route per file under `root`, and `/` for its `index.html`. Only files that were there at the start are served.
 * Rejects with EXPLORER_MISSING where the page was not built.
 */
export async function explorerRoutes(root: string): Promise<Map<string, Route>> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const index = join(root, 'index.html');
  if (!files.includes(index)) {
    throw new StartFault(
      'EXPLORER_MISSING',
      'the explorer is not built: run `npm run build`, or set `explorer: false`',
    );
  }
  const routes = new Map(files.map((file) => [pathOf(root, file), fileRoute(file)]));
  return routes.set('/', fileRoute(index));
}

function pathOf(root: string, file: string): string {
  return file.slice(root.length).replaceAll('\\', '/');
}

function fileRoute(file: string): Route {
  const headers = {
    'content-type': mediaTypes[extname(file)] ?? 'application/octet-stream',
    'content-security-policy': pagePolicy,
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
  };
  return { GET: async () => ({ status: 200, headers, body: await readFile(file) }) };
}
