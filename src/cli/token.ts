/** `ringfence token`: prints one token of the demo's own issuer. */
import { Command, InvalidArgumentError } from 'commander';
import { InternalFault } from '../fault/index.js';
import { loadCells } from '../policy/index.js';
import { admittedBy } from '../principal/index.js';
import { defaultScope, openDevIssuer, type DevTokenRequest } from './devIssuer.js';
import { orFail } from './failure.js';
import { projectRoot } from './projectRoot.js';

interface TokenFlags {
  readonly client: string;
  readonly purpose: string;
  readonly customer?: string;
  readonly scope?: string;
  readonly expiresIn: number;
  readonly authTime: number;
  readonly json: boolean;
}

/**
 * `ringfence token --client messenger --purpose ACCOUNT_SERVICING --customer customer-1`: the token alone on standard
 * output, or one line of JSON around it. Needs no running demo; the demo takes it whenever it starts.
 */
export function tokenCommand(): Command {
  return new Command('token')
    .requiredOption('--client <id>', 'the client that asks, such as `messenger`')
    .requiredOption('--purpose <purpose>', 'what it asks for, such as `ACCOUNT_SERVICING`')
    .option('--customer <id>', 'the customer it asks about, such as `customer-1`')
    .option('--scope <words>', 'taken as it is (default: all that the purpose admits)')
    .option('--expires-in <seconds>', 'how long it is valid; negative for one that has expired', seconds, 3600)
    .option('--auth-time <seconds>', 'how long ago the customer authenticated', seconds, 0)
    .option('--json', 'print the token with what it says as one line of JSON', false)
    .addHelpText('after', '\nOnly `ringfence demo` trusts this issuer; `ringfence serve` never does.')
    .action((flags: TokenFlags) => orFail(() => printToken(flags, projectRoot())));
}

async function printToken(flags: TokenFlags, root: string): Promise<void> {
  const issuer = await openDevIssuer(root, () => new Date());
  const request = requestOf(flags, root);
  const token = await issuer.token(request);
  process.stdout.write(`${flags.json ? JSON.stringify({ token, ...request }) : token}\n`);
}

function requestOf(
  { client, purpose, customer, scope, expiresIn, authTime }: TokenFlags,
  root: string,
): DevTokenRequest {
  return {
    client,
    purpose,
    ...(customer === undefined ? {} : { customer }),
    scope: scope ?? scopeOfMatrix(purpose, root),
    expiresInS: expiresIn,
    authenticatedAgoS: authTime,
  };
}

function scopeOfMatrix(purpose: string, root: string): string {
  const cells = loadCells(root);
  if (!cells) {
    throw new InternalFault('the matrix does not load, so that no scope follows from it; `ringfence compose` says why');
  }
  return defaultScope(purpose, admittedBy(cells));
}

function seconds(text: string): number {
  if (!/^-?\d{1,10}$/.test(text)) throw new InvalidArgumentError('expected a whole number of seconds');
  return Number(text);
}
