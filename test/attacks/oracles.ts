/** threats.md, Arguments as oracles: what can be learned by comparing. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { buildSchema, isObjectType } from 'graphql';
import { callsOf, codesOf, expectHidden, first, type Section } from './running.js';

const comparisons: readonly string[] = [
  '{ me { accounts(filter: { balance: { gt: "100" } }) { id } } }',
  '{ me { accounts(orderBy: BALANCE) { id } } }',
  '{ me { accounts { transactions(minAmount: "1.00") { edges { cursor } } } } }',
  '{ me { accounts { transactions(search: "rent") { edges { cursor } } } } }',
  '{ me { accounts { transactions { totalCount } } } }',
  'query ($f: AccountFilter = { minimum: 1 }) { me { accounts(filter: $f) { id } } }',
];

/** All that a read may be given: which one, and where in the list. */
const readingArguments: ReadonlySet<string> = new Set(['id', 'first', 'after']);

/** Attacks on classes 11 and 12. */
export const oracleAttacks: Section = (running) => {
  test.each(comparisons)('11 `%s` is not in the graph, for anyone', async (query) => {
    const before = await callsOf(running().world);
    const answer = await running().world.as(first('ACCOUNT_SERVICING'))(query);
    expect([answer.status, codesOf(answer)]).toEqual([400, ['GRAPHQL_VALIDATION_FAILED']]);
    expect(await callsOf(running().world)).toBe(before);
  });

  test('11 no field outside mutations takes an argument that could be compared with a row', () => {
    const schema = buildSchema(readFileSync('schema/views/first-party.graphql', 'utf8'));
    const types = Object.values(schema.getTypeMap()).filter((type) => isObjectType(type) && type.name !== 'Mutation');
    const given = types
      .filter(isObjectType)
      .filter(({ name }) => !name.startsWith('__'))
      .flatMap((type) => Object.values(type.getFields()).flatMap(({ args }) => args.map(({ name }) => name)));
    expect(given.length).toBeGreaterThan(5);
    expect(given.filter((name) => !readingArguments.has(name))).toEqual([]);
  });

  test('12 no mutation exists outside the first party', async () => {
    for (const write of ['revokeConsent(consentId: "x")', 'setCardLock(accountId: "x", locked: true)']) {
      await expectHidden(running(), `mutation { ${write} { id } }`);
    }
  });

  test('12 the outcome of a payment compares nothing for a purpose that makes none', async () => {
    const before = await callsOf(running().world);
    const pay = running().world.as(first('ACCOUNT_SERVICING'));
    const texts = new Set<string>();
    for (const amount of ['0.01', '99999999.00']) {
      const answer = await pay(
        `mutation ($amount: Decimal!) { sendPayment(recipient: "a", amount: $amount, currency: "USD", idempotencyKey: "o") { state } }`,
        { amount },
      );
      expect(codesOf(answer)).toEqual(['PURPOSE_DENIED']);
      texts.add(answer.text);
    }
    expect(texts.size).toBe(1);
    expect(await callsOf(running().world)).toBe(before);
  });
};
