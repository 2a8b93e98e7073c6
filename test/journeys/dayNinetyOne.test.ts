import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { marksOf } from './asking.js';
import { type DemoWorld, startDemo } from './demoWorld.js';

let world: DemoWorld;
beforeAll(async () => {
  world = await startDemo({ RINGFENCE_CLOCK: '+91d' });
}, 120_000);
afterAll(() => world.stop());

const serve = (query: string) => world.as({ purpose: 'ACCOUNT_SERVICING', customer: 'customer-1' })(query);
const query = '{ me { accounts { id bank { id } } connections { bank { id } status accounts { id } } } }';

test('on day 91 a UK bank is not called: its rows are missing with REAUTH_REQUIRED, the others are whole', async () => {
  const before = await marksOf(world);
  const { status, data, errors } = await serve(query);
  expect(status).toBe(200);
  const extensions = { code: 'REAUTH_REQUIRED', bank: 'prairie' };
  expect(errors.map((error) => [error.path, error.extensions])).toEqual([
    [['me', 'accounts'], extensions],
    [['me', 'connections', 2, 'accounts'], extensions],
  ]);
  expect(data.me?.accounts?.map(({ bank }) => bank?.id)).toEqual(['harbor', 'harbor', 'harbor', 'summit', 'summit']);
  expect(data.me?.connections?.map(({ status, accounts }) => [status, accounts?.length])).toEqual([
    ['CONNECTED', 3],
    ['CONNECTED', 2],
    ['REAUTH_REQUIRED', undefined],
  ]);
  const after = await marksOf(world);
  expect(after.get('prairie')).toBe(before.get('prairie'));
  expect(after.get('harbor')).not.toBe(before.get('harbor'));
});

test('an account of that bank, asked for by its id, is null with REAUTH_REQUIRED and without a call', async () => {
  const { data } = await world.as({ purpose: 'CONSENT_MANAGEMENT', customer: 'customer-1' })(
    '{ me { consents { bank { id } purpose accountIds } } }',
  );
  const consent = data.me?.consents?.find(({ bank }) => String(bank?.id) === 'prairie');
  const before = await marksOf(world);
  const answer = await world.as({ purpose: 'ACCOUNT_SERVICING', customer: 'customer-1' })(
    'query ($id: ID!) { account(id: $id) { id balances { asOf } } }',
    { id: consent?.accountIds?.[0] },
  );
  expect(answer.data).toEqual({ account: null });
  expect(answer.errors.map(({ path, extensions }) => [path, extensions])).toEqual([
    [['account'], { code: 'REAUTH_REQUIRED', bank: 'prairie' }],
  ]);
  expect(await marksOf(world)).toEqual(before);
});

test('confirmed anew, the same consent goes on and the bank is read again', async () => {
  const manage = world.as({ purpose: 'CONSENT_MANAGEMENT', customer: 'customer-1' });
  const consents = '{ me { consents { id state purpose categories bank { id } accountIds reconfirmBy } } }';
  const old = (await manage(consents)).data.me?.consents?.find(({ bank }) => String(bank?.id) === 'prairie');
  const { data, errors } = await manage(
    `mutation ($categories: [ConsentCategory!]!, $accounts: [ID!]) { grantConsent(bankId: "prairie", purpose: ACCOUNT_SERVICING,
       categories: $categories, accountIds: $accounts, idempotencyKey: "anew") { id state reconfirmBy } }`,
    { categories: old?.categories, accounts: old?.accountIds },
  );
  expect(errors).toEqual([]);
  expect(data.grantConsent).toMatchObject({ id: old?.id, state: 'ACTIVE' });
  expect(String(data.grantConsent?.reconfirmBy) > String(old?.reconfirmBy)).toBe(true);
  const read = await serve(query);
  expect(read.errors).toEqual([]);
  expect(read.data.me?.accounts).toHaveLength(7);
});
