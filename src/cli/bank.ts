/** `ringfence bank`: agreements as they stand, decisions about them, and what banks say of their customers. */
import { Command } from 'commander';
import { StartFault } from '../fault/index.js';
import { type BankOrder, bankOrderSchema } from './bankOrder.js';
import { orFail } from './failure.js';

interface Common {
  readonly config?: string;
  readonly json?: boolean;
}

const help = `
Acts on the gateway that --config configures; without it, on the demo of this folder (PORT says which). Over an embedded
store the running gateway carries the order out; over DATABASE_URL this command does, as the store's owner.
Decisions narrow what the configuration states and never widen it; they hold within five seconds, without a restart.`;

/** The command `bank` with its own commands. */
export function bankCommand(): Command {
  const bank = new Command('bank').addHelpText('after', help);
  reading(bank);
  deciding(bank);
  aboutKeys(bank);
  atTheBanksWord(bank);
  return bank;
}

function reading(bank: Command): void {
  shared(bank.command('list').description('every bank with its status')).action((flags: Common) =>
    run({ kind: 'list' }, flags),
  );
  shared(bank.command('show <bank>').description('one agreement, with every decision about it')).action(
    (name: string, flags: Common) => run({ kind: 'show', bank: name }, flags),
  );
}

function deciding(bank: Command): void {
  const decision = (kind: string, description: string): Command =>
    acting(bank.command(`${kind} <bank>`).description(description)).option(
      '--from <time>',
      'when it takes effect, such as 2026-12-01T00:00:00Z (at once)',
    );
  for (const [kind, description] of [
    ['suspend', 'ask a bank nothing, and name it nowhere, until it is resumed'],
    ['resume', 'end a suspension'],
    ['terminate', 'end an agreement'],
  ] as const) {
    decision(kind, description).action((name: string, flags: Flags) => run(timed(kind, name, flags), flags));
  }
  decision('narrow', 'take categories out of an agreement')
    .requiredOption('--without <categories...>', 'such as BALANCE')
    .option('--purpose <purpose>', 'for this purpose only')
    .action((name: string, flags: Flags) => {
      const { without, purpose } = flags;
      return run({ ...timed('narrow', name, flags), without, ...(purpose !== undefined && { purpose }) }, flags);
    });
  decision('set', 'set a member of an agreement, within what is configured')
    .option('--status <status>', 'PILOT, SUSPENDED, TERMINATED, NOT_PARTICIPATING or UNDISCLOSED')
    .option('--lookback-days <days>', 'how far back data may reach', Number)
    .option('--maximum-consent-days <days>', 'the longest consent that the bank takes', Number)
    .option('--calls-per-minute <count>', 'most requests that one gateway sends', Number)
    .option('--maintenance <from/until>', 'a time in which the bank is not asked, as two times with `/` between')
    .option('--as-configured <members...>', 'members about which nothing is decided any more')
    .action((name: string, flags: Flags) => run({ ...timed('set', name, flags), ...members(flags) }, flags));
}

function aboutKeys(bank: Command): void {
  shared(bank.command('keys <bank>').description('the keys to speak to a bank with, as they stand')).action(
    (name: string, flags: Common) => run({ kind: 'keys', bank: name }, flags),
  );
  const aboutOne = (kind: string, description: string): Command =>
    acting(bank.command(`${kind} <bank>`).description(description)).requiredOption(
      '--kid <id>',
      'the name that the bank knows the key by',
    );
  aboutOne('add-key', 'use a further key, beside those that are valid')
    .option('--key <file>', 'the public half of a key that signs grants: Ed25519, as PEM or JWK')
    .option('--mac-key <file>', 'a key that binds bodies; it is read here, and only its print goes in')
    .option('--from <time>', 'when it takes effect (at once)')
    .option('--until <time>', 'when it ends (never)')
    .action((name: string, flags: Flags) => run(addedKey(name, flags), flags));
  aboutOne('retire-key', 'end a key that another one follows')
    .option('--at <time>', 'when it ends (at once)')
    .action((name: string, flags: Flags) => run({ ...keyAct('retire-key', name, flags), ...at(flags, 'at') }, flags));
  aboutOne('revoke-key', 'end a key that somebody else may have: at once, and for good')
    .option(
      '--key <file>',
      'its public half, as PEM or JWK: where its files are not known here, its print is refused too',
    )
    .option('--mac-key <file>', 'the same of a key that binds bodies')
    .option('--print <print>', 'the same, as `ringfence bank keys` shows it')
    .action((name: string, flags: Flags) => run(revokedKey(name, flags), flags));
}

function keyAct(kind: string, bank: string, flags: Flags): Readonly<Record<string, unknown>> {
  return { ...act(kind, bank, flags), kid: flags['kid'] };
}

function at(flags: Flags, option: 'at' | 'from' | 'until'): Readonly<Record<string, number>> {
  return flags[option] === undefined ? {} : { [option]: instant(flags[option], `--${option}`) };
}

async function addedKey(bank: string, flags: Flags): Promise<Readonly<Record<string, unknown>>> {
  const [key] = await keysIn(flags);
  if (key === undefined || (flags['key'] !== undefined && flags['macKey'] !== undefined)) {
    throw new StartFault('CONFIG_INVALID', 'one of `--key` and `--mac-key` must name the file of a key');
  }
  return { ...keyAct('add-key', bank, flags), key, ...at(flags, 'from'), ...at(flags, 'until') };
}

async function revokedKey(bank: string, flags: Flags): Promise<Readonly<Record<string, unknown>>> {
  const given = [flags['print'], flags['key'], flags['macKey']].filter((one) => one !== undefined);
  if (given.length > 1) throw new StartFault('CONFIG_INVALID', 'one of `--key`, `--mac-key` and `--print` is enough');
  const [print = flags['print']] = (await keysIn(flags)).map((key) => key.print);
  return { ...keyAct('revoke-key', bank, flags), ...(print !== undefined && { print }) };
}

/** The files are read here: a running gateway gets the prints alone. */
async function keysIn({ key, macKey }: Flags) {
  const { publicGrantKey, sharedMacKey } = await import('./publicKeyFile.js');
  const read = [handedIn(key, publicGrantKey), handedIn(macKey, sharedMacKey)];
  return read.filter((one) => one !== undefined);
}

function handedIn<Key>(file: unknown, read: (file: string) => Key): Key | undefined {
  return typeof file === 'string' ? read(file) : undefined;
}

function atTheBanksWord(bank: Command): void {
  acting(bank.command('close-account <bank>').description('take a closed account out of every consent'))
    .requiredOption('--reference <reference>', 'how the bank knows the customer')
    .requiredOption('--account <reference>', 'how the bank knows the account')
    .action((name: string, flags: Flags) => {
      const { reference, account } = flags;
      return run({ ...act('close-account', name, flags), reference, account }, flags);
    });
  intervening(bank, 'revoke', 'revoke a consent, for good');
  intervening(bank, 'suspend-consent', 'hold a consent back: reads stop until whoever held it back lifts that');
  intervening(bank, 'resume-consent', 'lift what `suspend-consent` laid; the other side’s stays');
  acting(bank.command('link <bank>').description('say how the bank knows a customer'))
    .requiredOption('--customer <id>', 'as tokens name the customer')
    .requiredOption('--reference <reference>', 'how the bank knows the customer')
    .action((name: string, flags: Flags) => {
      const { customer, reference } = flags;
      return run({ ...act('link', name, flags), customer, reference }, flags);
    });
  acting(bank.command('unlink <bank>').description('end all consents of a customer at the bank, and forget the link'))
    .requiredOption('--customer <id>', 'as tokens name the customer')
    .action((name: string, flags: Flags) => run({ ...act('unlink', name, flags), customer: flags['customer'] }, flags));
}

function intervening(bank: Command, kind: string, description: string): void {
  acting(bank.command(`${kind} <bank>`).description(description))
    .requiredOption('--consent <id>', 'as the bank has it from grants')
    .option('--platform', 'at the platform’s own word, not the bank’s')
    .action((name: string, flags: Flags) => {
      const { consent, platform } = flags;
      return run({ ...act(kind, name, flags), consent, ...(platform === true && { platform }) }, flags);
    });
}

/** What commander read: checked as a whole by the schema of orders. */
type Flags = Common & Readonly<Record<string, unknown>>;

function shared(command: Command): Command {
  return command
    .option('--config <file>', 'the configuration of the gateway (without it: the demo)')
    .option('--json', 'print one line of JSON');
}

function acting(command: Command): Command {
  return shared(command)
    .requiredOption('--as <name>', 'who answers for it')
    .requiredOption('--reason <text>', 'why; kept for auditors');
}

function act(kind: string, bank: string, flags: Flags): Readonly<Record<string, unknown>> {
  return { kind, bank, by: flags['as'], reason: flags['reason'] };
}

function timed(kind: string, bank: string, flags: Flags): Readonly<Record<string, unknown>> {
  const { from } = flags;
  return { ...act(kind, bank, flags), ...(from !== undefined && { effectiveFrom: instant(from, '--from') }) };
}

function members(flags: Flags): Readonly<Record<string, unknown>> {
  const { status, lookbackDays, maximumConsentDays, callsPerMinute, asConfigured, maintenance } = flags;
  const given = { status, lookbackDays, maximumConsentDays, callsPerMinute, asConfigured };
  const said = Object.entries(given).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(said), ...(maintenance !== undefined && { maintenance: windowOf(maintenance) }) };
}

function windowOf(text: unknown): { from: number; until: number } {
  const [from, until, ...more] = String(text).split('/');
  const window = { from: instant(from, '--maintenance'), until: instant(until, '--maintenance') };
  if (more.length === 0 && window.from < window.until) return window;
  throw new StartFault('CONFIG_INVALID', '`--maintenance` must be two times, the earlier one first');
}

function instant(text: unknown, option: string): number {
  const parsed = /^\d{4}-\d\d-\d\dT.*(?:Z|[+-]\d\d:\d\d)$/.test(String(text)) ? Date.parse(String(text)) : Number.NaN;
  if (!Number.isNaN(parsed)) return parsed;
  throw new StartFault('CONFIG_INVALID', `\`${option}\` must be a time such as \`2026-12-01T00:00:00Z\``);
}

function run(wanted: unknown, { config, json }: Common): Promise<void> {
  return orFail(async () => {
    const asked = checked(await wanted);
    // Loaded here, so that help costs no database.
    const { bankPlaceOf, order } = await import('./bankPlace.js');
    const { bankText } = await import('./bankText.js');
    const answer = await order(await bankPlaceOf(config, process.env), asked);
    process.stdout.write(json ? `${JSON.stringify(answer)}\n` : bankText(answer));
  });
}

function checked(wanted: unknown): BankOrder {
  const parsed = bankOrderSchema.safeParse(wanted);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message.toLowerCase()}`);
  throw new StartFault('CONFIG_INVALID', lines.join('; '));
}
