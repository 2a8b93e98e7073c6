/** What a decision says besides a status ↔ the JSON that the registry's table holds of it. */
import { z } from 'zod';
import type { AgreementTerms } from '../consent/index.js';
import { categoriesOf, dataCategories, maskOf, purposes, type Purpose } from '../policy/index.js';
import { StoreFault } from './storeFault.js';

const instant = z.int();
const termsSchema = z.strictObject({
  covers: z.partialRecord(z.enum(purposes), z.array(z.enum(dataCategories))).exactOptional(),
  lookbackDays: z.int().min(1).exactOptional(),
  maximumConsentDays: z.int().min(1).exactOptional(),
  callsPerMinute: z.int().min(1).exactOptional(),
  maintenance: z.array(z.strictObject({ from: instant, until: instant })).exactOptional(),
});

/** The terms as JSON holds them: words instead of masks. */
export function writtenTerms({ covers, ...rest }: Omit<AgreementTerms, 'status'>): z.infer<typeof termsSchema> {
  const { maintenance, ...numbers } = rest;
  return {
    ...numbers,
    ...(maintenance !== undefined && { maintenance: [...maintenance] }),
    ...(covers !== undefined && {
      covers: Object.fromEntries([...covers].map(([purpose, mask]) => [purpose, categoriesOf(mask)])),
    }),
  };
}

/**
 * The terms again. Throws STORE_DAMAGED for words that this program does not know: a decision that cannot be read
 * may have narrowed something, so nothing rests on the registry then.
 */
export function readTerms(stored: unknown, name: string): Omit<AgreementTerms, 'status'> {
  const parsed = termsSchema.safeParse(stored);
  if (!parsed.success) {
    throw new StoreFault('STORE_DAMAGED', `the registry's ${name} says what this program does not understand`);
  }
  const { covers, ...rest } = parsed.data;
  if (covers === undefined) return rest;
  const masks = Object.entries(covers).map(([purpose, list]) => [purpose as Purpose, maskOf(list ?? [])] as const);
  return { ...rest, covers: new Map(masks) };
}
