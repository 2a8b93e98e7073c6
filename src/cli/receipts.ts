/** `ringfence receipts`: the record of what was released, checked, handed out and attested. */
import { userInfo } from 'node:os';
import { Command } from 'commander';
import { StartFault } from '../fault/index.js';
import { bankPlaceOf, storeName } from './bankPlace.js';
import { orFail } from './failure.js';
import type { ReceiptAnswer } from './receiptDesk.js';
import { collected, type Flags, linesOf, textOf } from './receiptFiles.js';
import {
  loggedCallLine,
  type ReceiptOrder,
  type ReceiptOrderOf,
  receiptOrderSchema,
  witnessLine,
} from './receiptOrder.js';
import { publishing } from './receiptKeys.js';
import { checkFromOutside, orderReceipts } from './receiptPlace.js';
import { receiptText } from './receiptText.js';

const help = `
Reads the store of the gateway that --config configures; without it, that of the demo of this folder (PORT says which).
Over an embedded store the running gateway answers; over DATABASE_URL, or where no gateway runs, this command does.
Times are such as 2026-12-01 or 2026-12-01T00:00:00Z; the end of a period is not part of it.`;

/** The command `receipts` with its own commands. Exit code 1 where something is wrong with the receipts. */
export function receiptsCommand(): Command {
  const receipts = new Command('receipts').addHelpText('after', help);
  reading(receipts);
  attesting(receipts);
  takingAway(receipts);
  publishing(receipts);
  return receipts;
}

function reading(receipts: Command): void {
  common(receipts.command('verify').description('find what was changed, taken out, moved or invented'))
    .option('--witness <file>', 'what a bank was handed as a witness, as JSON Lines; may be given again', collected)
    .option('--public-key <file>', 'PEM: check signatures by this key, and open no content (without the store’s key)')
    .action((flags: Flags) => run(flags, () => verifyOrder(flags)));
  common(receipts.command('export').description('print receipts as JSON Lines, as one reader may know them'))
    .option('--customer <id>', 'for the customer: their own')
    .option('--bank <bank>', 'for a bank: its own, customers under pseudonyms')
    .option('--auditor <name>', 'for an auditor: all of them, under pseudonyms of their own, counted in buckets')
    .option('--from <time>', 'the beginning (of all)')
    .option('--to <time>', 'the end (now)')
    .action((flags: Flags) =>
      run(flags, () => ({ kind: 'receipts-export', reader: readerOf(flags), ...period(flags) })),
    );
}

function attesting(receipts: Command): void {
  common(
    receipts.command('attest').description('state, signed, that a bank was asked for nothing and released nothing'),
  )
    .requiredOption('--bank <bank>', 'the bank')
    .option('--from <time>', 'the beginning (of all)')
    .option('--to <time>', 'the end (now)')
    .option('--witness <file>', 'what a bank was handed as a witness, as JSON Lines; may be given again', collected)
    .option('--log <file>', 'the bank’s own log as JSON Lines with `at` and `interaction` (x-fapi-interaction-id)')
    .action((flags: Flags) =>
      run(flags, () => {
        const log = linesOf(flags, 'log', loggedCallLine);
        const given = { witness: linesOf(flags, 'witness', witnessLine) ?? [], ...(log && { log }) };
        return { kind: 'receipts-attest', bank: flags['bank'], ...period(flags), ...given };
      }),
    );
}

function takingAway(receipts: Command): void {
  acting(receipts.command('erase').description('destroy the key that links receipts to a customer, for good'))
    .requiredOption('--customer <id>', 'as tokens name the customer')
    .action((flags: Flags) =>
      run(flags, () => ({ kind: 'receipts-erase', ...actOf(flags, 'erasure'), customer: flags['customer'] })),
    );
  acting(receipts.command('retain').description('cut off what is older than receipts are kept, up to a checkpoint'))
    .option('--before <time>', 'what is older goes (three years ago, and no later instant)')
    .action((flags: Flags) =>
      run(flags, () => {
        const before = flags['before'] === undefined ? {} : { before: instantOf(flags, 'before') };
        return { kind: 'receipts-retain', ...actOf(flags, 'retention'), ...before };
      }),
    );
}

function verifyOrder(flags: Flags): unknown {
  const publicKey = textOf(flags, 'publicKey');
  const witness = linesOf(flags, 'witness', witnessLine) ?? [];
  return { kind: 'receipts-verify', witness, ...(publicKey !== undefined && { publicKey }) };
}

function common(command: Command): Command {
  return command
    .option('--config <file>', 'the configuration of the gateway (without it: the demo)')
    .option('--json', 'print one line of JSON');
}

function acting(command: Command): Command {
  return common(command)
    .option('--as <name>', 'who answers for it (the name of your login)')
    .option('--reason <text>', 'why; kept for auditors');
}

function actOf({ as: by, reason }: Flags, usual: string): object {
  return { by: by ?? userInfo().username, reason: reason ?? usual };
}

function run(flags: Flags, wanted: () => unknown): Promise<void> {
  return orFail(async () => {
    const order = checked(wanted());
    const answer = (await fromOutside(flags, order)) ?? (await inPlace(flags, order));
    if (answer.kind === 'exported') process.stderr.write(receiptText(answer));
    else process.stdout.write(flags['json'] === true ? `${JSON.stringify(answer)}\n` : receiptText(answer));
    if (isWrong(answer)) process.exitCode = 1;
  });
}

async function inPlace({ config }: Flags, order: ReceiptOrder): Promise<ReceiptAnswer> {
  const place = await bankPlaceOf(typeof config === 'string' ? config : undefined, process.env);
  process.stderr.write(`receipts of the ${storeName(place.settings.database)}\n`);
  return orderReceipts(place, order, printLines);
}

/** Whoever has the public key alone need not have a configuration, nor the store's key. */
function fromOutside({ config }: Flags, order: ReceiptOrder): Promise<ReceiptAnswer | undefined> {
  if (config !== undefined || !isByPublicKey(order)) return Promise.resolve(undefined);
  return checkFromOutside(process.env, order);
}

function isByPublicKey(order: ReceiptOrder): order is ReceiptOrderOf<'receipts-verify'> {
  return order.kind === 'receipts-verify' && order.publicKey !== undefined;
}

/** Resolves once whoever reads them has taken them. */
function printLines(lines: readonly string[]): Promise<void> {
  const text = lines.map((line) => `${line}\n`).join('');
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => (error ? reject(error) : resolve()));
  });
}

function isWrong(answer: ReceiptAnswer): boolean {
  if (answer.kind === 'verified') return answer.findings.length > 0;
  if (answer.kind === 'exported') return answer.unreadable > 0;
  return answer.kind === 'unattested' || (answer.kind === 'attested' && !answer.attestation.nothingHappened);
}

function checked(order: unknown): ReceiptOrder {
  const parsed = receiptOrderSchema.safeParse(order);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new StartFault('CONFIG_INVALID', `${issue?.path.join('.') ?? ''}: ${issue?.message.toLowerCase() ?? ''}`);
}

function readerOf({ customer, bank, auditor }: Flags): object {
  const given = [
    ...(customer === undefined ? [] : [{ kind: 'customer', customer }]),
    ...(bank === undefined ? [] : [{ kind: 'bank', bank }]),
    ...(auditor === undefined ? [] : [{ kind: 'auditor', auditor }]),
  ];
  const [reader] = given;
  if (reader && given.length === 1) return reader;
  throw new StartFault('CONFIG_INVALID', 'say for whom: one of `--customer`, `--bank` and `--auditor`');
}

function period(flags: Flags): { readonly from: number; readonly to: number } {
  const from = flags['from'] === undefined ? 0 : instantOf(flags, 'from');
  const to = flags['to'] === undefined ? Number.MAX_SAFE_INTEGER : instantOf(flags, 'to');
  if (from < to) return { from, to: Math.min(to, latest) };
  throw new StartFault('CONFIG_INVALID', '`--from` must be earlier than `--to`');
}

/** The last instant that a date can say. */
const latest = 8_640_000_000_000_000;

function instantOf(flags: Flags, flag: string): number {
  const given = flags[flag];
  const text = typeof given === 'string' ? given : '';
  const ms = /^\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:\d{2}))?$/.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(ms)) return ms;
  throw new StartFault('CONFIG_INVALID', `\`--${flag}\` must be a time such as 2026-12-01T00:00:00Z, not \`${text}\``);
}
