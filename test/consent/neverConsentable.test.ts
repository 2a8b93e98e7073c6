import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { Kind, parse } from 'graphql';
import type { Consent, GrantOrder } from '../../src/consent/index.js';
import { consentablePurposes, financialCategories, neverConsentablePurposes } from '../../src/policy/index.js';

async function valuesOf(enumName: string): Promise<string[]> {
  const { definitions } = parse(await readFile('schema/platform/consent.graphql', 'utf8'));
  return definitions.flatMap((definition) =>
    definition.kind === Kind.ENUM_TYPE_DEFINITION && definition.name.value === enumName
      ? (definition.values ?? []).map(({ name }) => name.value)
      : [],
  );
}

test('the schema has a value for every purpose that can be consented to, and for no other', async () => {
  const values = await valuesOf('ConsentPurpose');
  expect(values.toSorted()).toEqual([...consentablePurposes].toSorted());
  expect(values.filter((value) => (neverConsentablePurposes as readonly string[]).includes(value))).toEqual([]);
});

test('the schema has a value for every financial category but offers and what is derived, which nobody consents to', async () => {
  const expected = financialCategories.filter((category) => category !== 'BANK_OFFER' && category !== 'DERIVED');
  expect((await valuesOf('ConsentCategory')).toSorted()).toEqual([...expected].toSorted());
});

/** What a consent or an order for one may be about, of the purposes that nobody can consent to. */
type Sayable<Stated extends Pick<Consent, 'purpose'>> = Extract<
  Stated['purpose'],
  (typeof neverConsentablePurposes)[number]
>;

/** True where a type has no value: the types fail to compile once it has one. */
const isEmpty = <Type>(answer: [Type] extends [never] ? true : false): boolean => answer;

test('neither a consent nor an order for one can be written in TypeScript for such a purpose', () => {
  expect(isEmpty<Sayable<Consent>>(true)).toBe(true);
  expect(isEmpty<Sayable<GrantOrder>>(true)).toBe(true);
});
