/** The keys of a bank → lines for an operator. */
import type { KeyKind } from '../consent/index.js';
import type { KeyShown, KeysShown } from './keyDesk.js';

/** Each key with its decisions, and what is wrong with them as they stand. */
export function keysText({ bank, whole, keys }: KeysShown): string {
  const unknown = whole
    ? ''
    : `${bank}  the keys that are configured are not known here: this shows what was decided\n`;
  const warnings = whole ? (['grant', 'mac'] as const).map((kind) => warning(bank, kind, keys)) : [];
  return [...keys.map((key) => keyLines(bank, key)), unknown, ...warnings].join('');
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
  const decisions = key.decisions.map(
    ({ act, enteredAt, by, reason }) => `  ${act}, ${enteredAt}, by ${by}: ${reason}\n`,
  );
  return [`${parts.filter((part) => part !== '').join(', ')}\n`, `  print ${print}\n`, ...decisions].join('');
}

function warning(bank: string, kind: KeyKind, keys: readonly KeyShown[]): string {
  if (keys.some((key) => key.kind === kind && key.inUse)) return '';
  return `${bank}  no ${kind} key is valid and held: the bank is not asked\n`;
}
