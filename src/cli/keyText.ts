/** The keys of a bank → lines for an operator. */
import type { KeyKind } from '../consent/index.js';
import type { KeyDecisionShown, KeyShown, KeysShown, NameShown } from './keyDesk.js';
import { keyFileName } from './keyVault.js';

/** Each key with its decisions, the names that no key here has, and what is wrong with them as they stand. */
export function keysText({ bank, whole, unknownBecause, keys, otherNames }: KeysShown): string {
  const unknown = whole
    ? ''
    : `${bank}  the keys that are configured are not known here: this shows what was decided\n  ${unknownBecause}\n`;
  const warnings = whole ? (['grant', 'mac'] as const).map((kind) => warning(bank, kind, keys)) : [];
  const others = otherNames.map((name) => {
    const which = keys.some(({ kid }) => kid === name.kid) ? ' of that print' : '';
    return nameLines(name, `${bank}  nothing here has a key \`${name.kid}\`${which}${whole ? '' : compare(bank)}\n`);
  });
  return [...keys.map((key) => keyLines(bank, key)), ...others, unknown, ...warnings].join('');
}

function keyLines(bank: string, key: KeyShown): string {
  const { kid, algorithm, print, state, inUse, from, until, revokedAt, held } = key;
  const parts = [
    `${bank}  ${kid}  ${algorithm}  ${inUse ? 'IN USE' : state}`,
    from === undefined ? '' : `from ${from}`,
    until === undefined ? '' : `until ${until}`,
    revokedAt === undefined ? '' : `revoked ${revokedAt}`,
    held === false ? 'not held by this gateway' : '',
  ];
  const head = `${parts.filter((part) => part !== '').join(', ')}\n`;
  return [head, `  print ${print}\n`, ...key.decisions.map(decisionLine)].join('');
}

function decisionLine({ act, enteredAt, by, reason }: KeyDecisionShown): string {
  return `  ${act}, ${enteredAt}, by ${by}: ${reason}\n`;
}

function compare(bank: string): string {
  return `; compare the name with \`ringfence bank keys ${bank}\` at a gateway`;
}

/** Where the configured keys are known, such a name is most often one that was taken away since. */
function nameLines({ decisions }: NameShown, head: string): string {
  const lines = decisions.flatMap((decision) => [
    decisionLine(decision),
    decision.print === undefined ? '' : `  print ${decision.print}\n`,
  ]);
  return [head, ...lines].join('');
}

function warning(bank: string, kind: KeyKind, keys: readonly KeyShown[]): string {
  const own = keys.filter((key) => key.kind === kind);
  if (own.some((key) => key.inUse)) return '';
  const missing = own.find(({ state, held }) => state === 'VALID' && held === false);
  const next = missing
    ? `put \`${keyFileName(missing)}\` into its key folder`
    : `add one with \`ringfence bank add-key ${bank}\``;
  return `${bank}  no ${kind} key is valid and held: the bank is not asked; ${next}\n`;
}
