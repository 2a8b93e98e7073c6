/**
 * Kills a whole gateway under load with -9, again and again: `node scripts/killGateway.mjs [--rounds N] [--server] [--seed N]
 * [--json]`. On PGlite, or with `--server` on a PostgreSQL server of its own. After each start every chain must verify and
 * what was revoked must still be; at the end every answer that a client received must have its receipts, and a store put
 * back to before a revocation must be refused. Exit code 1 where something is wrong. Runs what `npm run build` made.
 */
import { pathToFileURL } from 'node:url';
import { bundled } from './bundled.mjs';

await import(pathToFileURL(await bundled('test/kills/run.ts')).href);
