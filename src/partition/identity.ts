/** Whether a partner answered about what it was asked about. */
import type { HarvestObject } from '../plan/index.js';
import { sealedKind } from './contract.js';
import { hiddenKeys, openedVariable } from './narrow.js';
import { ContractBreach } from './reading.js';
import type { Shape, ShapeField } from './shape.js';

/** Throws a {@link ContractBreach} when an entity is another than its representation asked for. */
export function assertEntity({ accountField, isRow }: Shape, entity: unknown, asked: HarvestObject | undefined): void {
  if (accountField === undefined || !isRow || entity === null) return;
  if (asked === undefined || accountOf(entity) !== asked[accountField])
    throw new ContractBreach('an entity is another than asked for');
}

/** Throws a {@link ContractBreach} when a root field answers with a row of another account than its argument names. */
export function assertNamed({ fields }: Shape, data: HarvestObject, sent: Readonly<Record<string, unknown>>): void {
  for (const field of fields) {
    const row = field.child?.isRow && field.child.accountField !== undefined ? data[field.key] : undefined;
    if (typeof row !== 'object' || row === null || Array.isArray(row)) continue;
    const named = accountNamed(field, sent);
    if (named !== undefined && accountOf(row) !== named)
      throw new ContractBreach(`\`${field.coordinate}\` is of another account than asked for`);
  }
}

function accountOf(row: unknown): unknown {
  return typeof row === 'object' && row !== null ? (row as HarvestObject)[hiddenKeys.account] : undefined;
}

/** The partner's reference of the account that a field's argument names; undefined where none does. */
function accountNamed(field: ShapeField, sent: Readonly<Record<string, unknown>>): unknown {
  const stated = new Set(field.node.arguments?.map(({ name }) => name.value));
  const account = field.definition.args.find(
    ({ name, astNode }) => stated.has(name) && sealedKind(astNode) === 'ACCOUNT',
  );
  return account && sent[openedVariable(field, account.name)];
}
