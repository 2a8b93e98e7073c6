/** `ringfence receipts key` and `check`: what a bank needs, and does, to check by itself what it is handed. */
import type { KeyObject } from 'node:crypto';
import type { Command } from 'commander';
import { StartFault } from '../fault/index.js';
import { signingKeyId } from '../receipt/index.js';
import { checkpointKeysOf } from '../store/index.js';
import { bankPlaceOf, requireStore, storeName } from './bankPlace.js';
import { orFail } from './failure.js';
import { publicKeyOf } from './receiptChecking.js';
import { collected, type Flags, linesOf, textOf } from './receiptFiles.js';
import { witnessLine } from './receiptOrder.js';
import { attestationIn, checkPapers, type HandedPapers, isGenuine, paperText } from './receiptProof.js';

/** Adds both to the command `receipts`. */
export function publishing(receipts: Command): void {
  receipts
    .command('key')
    .description('print the public half of the key that signs checkpoints, witnesses and attestations, as PEM')
    .option('--config <file>', 'the configuration of the gateway (without it: the demo)')
    .option('--json', 'print one line of JSON, with the id that signatures name')
    .action((flags: Flags) => orFail(() => printKey(flags)));
  receipts
    .command('check')
    .description('check what a bank was handed, by the public key alone: no store is read')
    .option('--attestation <file>', 'what `receipts attest --json` printed')
    .option('--witness <file>', 'statements of witnesses as JSON Lines; may be given again', collected)
    .option('--public-key <file>', 'PEM, as `receipts key` prints it (without it: the key of the store)')
    .option('--config <file>', 'the configuration of the gateway whose key it is (without it: the demo)')
    .option('--json', 'print one line of JSON')
    .action((flags: Flags) => orFail(() => check(flags)));
}

async function printKey(flags: Flags): Promise<void> {
  const key = await storeKey(flags);
  const publicKey = key.export({ type: 'spki', format: 'pem' }).toString();
  const answer = { kind: 'key', key: signingKeyId(key), publicKey };
  process.stdout.write(flags['json'] === true ? `${JSON.stringify(answer)}\n` : publicKey);
  process.stderr.write(`signatures name it as key ${answer.key}\n`);
}

async function check(flags: Flags): Promise<void> {
  const text = textOf(flags, 'attestation');
  const witness = linesOf(flags, 'witness', witnessLine);
  const papers: HandedPapers = {
    ...(text !== undefined && { attestation: attestationIn(text) }),
    ...(witness && { witness }),
  };
  if (Object.keys(papers).length === 0) {
    throw new StartFault('CONFIG_INVALID', 'say what is to be checked: `--attestation`, `--witness` or both');
  }
  const pem = textOf(flags, 'publicKey');
  const found = await checkPapers(papers, pem === undefined ? await storeKey(flags) : publicKeyOf(pem));
  process.stdout.write(flags['json'] === true ? `${JSON.stringify(found)}\n` : paperText(found, papers));
  if (!isGenuine(found)) process.exitCode = 1;
}

/** The key of a store that is there: none is made for the sake of its key. */
async function storeKey({ config }: Flags): Promise<KeyObject> {
  const { settings } = await bankPlaceOf(typeof config === 'string' ? config : undefined, process.env);
  requireStore(settings.database);
  process.stderr.write(`the key of the ${storeName(settings.database)}\n`);
  return checkpointKeysOf(settings.secret).publicKey;
}
