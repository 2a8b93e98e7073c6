/** One approver's signature under a policy. */
import { sign, verify, type KeyObject } from 'node:crypto';
import { keyText, type Approvers } from './approvers.js';
import { canonicalText, hashOf, type Json } from './book.js';

/** Who approved, when and why. */
export interface Approval {
  readonly approver: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly reason: string;
  /** Ed25519, base64, over the policy's hash, who may approve, and the three fields above. */
  readonly signature: string;
}

/** What is approved: a policy, by the rules about approvers that hold with it. */
export interface Approved {
  /** The policy's hash. */
  readonly hash: string;
  readonly approvers: Approvers;
}

/** Signs. The approvers' own list is signed too, so nobody adds a name or lowers the threshold under old signatures. */
export function approve(
  approved: Approved,
  { approver, at, reason }: Omit<Approval, 'signature'>,
  privateKey: KeyObject,
): Approval {
  const stated = { approver, at, reason };
  const signature = sign(null, Buffer.from(signedText(approved, stated)), privateKey).toString('base64');
  return { ...stated, signature };
}

/** Why a signature does not count; undefined where it does. */
export function approvalFault(approved: Approved, approval: Approval): string | undefined {
  const key = approved.approvers.keys.get(approval.approver);
  if (!key) return `\`${approval.approver}\` is no approver`;
  const { signature, ...stated } = approval;
  const isSigned = verify(null, Buffer.from(signedText(approved, stated)), key, Buffer.from(signature, 'base64'));
  return isSigned ? undefined : `the signature of \`${approval.approver}\` is not over this policy and these approvers`;
}

/** The approvers as the lock keeps them. */
export function approversJson({ threshold, keys }: Approvers): { threshold: number; keys: Record<string, string> } {
  return { threshold, keys: Object.fromEntries([...keys].sort(byName).map(([name, key]) => [name, keyText(key)])) };
}

function signedText({ hash, approvers }: Approved, stated: { readonly [key: string]: Json }): string {
  return canonicalText({
    format: 'ringfence-approval/1',
    hash,
    approvers: hashOf(approversJson(approvers)),
    ...stated,
  });
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}
