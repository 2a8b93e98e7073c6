/** What `ringfence receipts` asks for, as it travels to a running gateway: every word checked on both sides. */
import { z } from 'zod';

const name = z.string().min(1).max(200);
const instant = z.int().min(0);
const act = {
  /** Who answers for it, and why: both are kept. */
  by: z.string().trim().min(1).max(200),
  reason: z.string().trim().min(1).max(1000),
};

const statement = z.strictObject({
  chain: z.int().min(1),
  at: instant,
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  key: z.string().max(100),
  signature: z.string().max(200),
});

/** What a bank keeps as a witness: JSON Lines of these, other members are passed over. */
export const witnessLine = z.object(statement.shape);

/** A line of a bank's own log: JSON Lines of these, other members are passed over. */
export const loggedCallLine = z.object({
  at: z.union([instant, z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))]),
  interaction: z.string().max(200).exactOptional(),
});

/** For whom receipts are exported. */
export const exportReader = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('customer'), customer: name }),
  z.strictObject({ kind: z.literal('bank'), bank: name }),
  z.strictObject({ kind: z.literal('auditor'), auditor: name }),
]);

/** The schema of {@link ReceiptOrder}. */
export const receiptOrderSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('receipts-verify'),
    witness: z.array(statement),
    /** PEM; signatures are checked by it, and contents are not opened. Absent: by the store's own key. */
    publicKey: z.string().max(1000).exactOptional(),
  }),
  z.strictObject({ kind: z.literal('receipts-export'), reader: exportReader, from: instant, to: instant }),
  z.strictObject({
    kind: z.literal('receipts-attest'),
    bank: name,
    from: instant,
    to: instant,
    witness: z.array(statement),
    log: z.array(z.strictObject({ at: instant, interaction: z.string().max(200).exactOptional() })).exactOptional(),
  }),
  z.strictObject({ kind: z.literal('receipts-erase'), ...act, customer: name }),
  z.strictObject({ kind: z.literal('receipts-retain'), ...act, before: instant.exactOptional() }),
]);

/** One order. Without a `before`, what is older than receipts are kept is cut off. Instants are milliseconds since the epoch. */
export type ReceiptOrder = z.infer<typeof receiptOrderSchema>;

/** One of the orders, by its kind. */
export type ReceiptOrderOf<Kind extends ReceiptOrder['kind']> = Extract<ReceiptOrder, { kind: Kind }>;
