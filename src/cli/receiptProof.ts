/** What a bank was handed → whether the platform signed it: by the public key alone, without a store. */
import type { KeyObject } from 'node:crypto';
import { StartFault } from '../fault/index.js';
import {
  type Attestation,
  isAttested,
  signingKeyId,
  unsignedStatements,
  witnessSetOf,
  type WitnessStatement,
} from '../receipt/index.js';
import { jsonOf } from './receiptFiles.js';
import { statedLines } from './receiptText.js';

/** What is to be checked; what is absent is not. */
export interface HandedPapers {
  readonly attestation?: Attestation;
  readonly witness?: readonly WitnessStatement[];
}

/** What was found. */
export interface PaperCheck {
  readonly kind: 'checked';
  /** Id of the key that the papers were checked by. */
  readonly key: string;
  readonly attestation?: { readonly isSigned: boolean } & Pick<
    Attestation,
    'bank' | 'from' | 'to' | 'madeAt' | 'nothingHappened'
  >;
  /** `isAttested`: the attestation rests on these very statements, as far as it goes; absent where only one of the two was given. */
  readonly witness?: { readonly statements: number; readonly unsigned: number; readonly isAttested?: boolean };
}

/** Checks signatures, and whether an attestation rests on the witness that is held beside it. 100 µs a statement. */
export async function checkPapers({ attestation, witness }: HandedPapers, key: KeyObject): Promise<PaperCheck> {
  const unsigned = witness && (await unsignedStatements(witness, [key])).size;
  const isBoth = attestation !== undefined && witness !== undefined;
  return {
    kind: 'checked',
    key: signingKeyId(key),
    ...(attestation && { attestation: attestationCheck(attestation, key) }),
    ...(witness && {
      witness: {
        statements: witness.length,
        unsigned: unsigned ?? 0,
        ...(isBoth && { isAttested: restsOn(attestation, witness) }),
      },
    }),
  };
}

/** True where nothing is wrong with the papers; what they state is another matter. */
export function isGenuine({ attestation, witness }: PaperCheck): boolean {
  return attestation?.isSigned !== false && (witness?.unsigned ?? 0) === 0 && witness?.isAttested !== false;
}

/** The check, in lines. */
export function paperText(check: PaperCheck, { attestation }: HandedPapers): string {
  const { key, witness } = check;
  const lines = [
    ...(attestation ? attestationLines(check, attestation) : []),
    ...(witness ? [`${witness.statements} statements of witnesses, ${witness.unsigned} not signed by key ${key}`] : []),
    ...(witness?.isAttested === undefined ? [] : [groundLine(witness.isAttested)]),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

/** An attestation as `ringfence receipts attest --json` prints it, or by itself. Throws CONFIG_INVALID for anything else. */
export function attestationIn(text: string): Attestation {
  const printed = jsonOf(text);
  const found = isObject(printed) && isObject(printed['attestation']) ? printed['attestation'] : printed;
  const words = ['bank', 'from', 'to', 'madeAt', 'key', 'signature'];
  const isOne = isObject(found) && words.every((word) => typeof found[word] === 'string') && isObject(found['checked']);
  if (isOne) return found as unknown as Attestation;
  throw new StartFault('CONFIG_INVALID', '`--attestation` must hold what `ringfence receipts attest --json` prints');
}

function attestationCheck(attestation: Attestation, key: KeyObject): NonNullable<PaperCheck['attestation']> {
  const { bank, from, to, madeAt, nothingHappened } = attestation;
  return { isSigned: isAttested(attestation, key), bank, from, to, madeAt, nothingHappened };
}

/** A bank goes on being handed statements, and need not have given its first ones. */
function restsOn({ checked: { witness: ground } }: Attestation, witness: readonly WitnessStatement[]): boolean {
  if (!ground) return false;
  const [first, last] = [Date.parse(ground.first), Date.parse(ground.last)];
  const own = witness.filter(({ at }) => first <= at && at <= last);
  return witnessSetOf(own).digest === ground.digest;
}

function attestationLines({ key, attestation: check }: PaperCheck, attestation: Attestation): readonly string[] {
  if (check?.isSigned) return [...statedLines(attestation), `signed by key ${key} on ${attestation.madeAt}`];
  const by = attestation.key === key ? 'it was changed since' : `it says that key ${attestation.key} signed it`;
  return [`the attestation was not signed by key ${key} as it stands: ${by}`];
}

function groundLine(isAttested: boolean): string {
  return isAttested
    ? 'the attestation rests on these statements'
    : 'the attestation does not rest on these statements: hand them in, and have it made with `--witness`';
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
