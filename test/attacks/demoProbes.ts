/** Probes of a running demo. */
import { asking, heardBy, insider, outsider, type Probe, secretsIn } from './probe.js';

const money = 'balances { money { amount } }';

/** Reads that no matrix allows, in every form that a document can give them. */
const reads: readonly Probe[] = [
  {
    of: 1,
    tries: 'a third party reads through an interface',
    learns: asking(outsider, `{ me { accounts { nickname ... on DepositAccount { ${money} } } } }`),
  },
  {
    of: 1,
    tries: 'an alert reader reads balances through interface and object',
    learns: asking(
      insider('FRAUD_ALERTS'),
      `{ me { accounts { ... on DepositAccount { ... on Account { ${money} } } } } }`,
    ),
  },
  {
    of: 2,
    tries: 'an alert reader reads a name beside a permitted sibling',
    learns: asking(
      insider('FRAUD_ALERTS'),
      '{ me { accounts { ... on CardAccount { x: card { lastFour } } ... on DepositAccount { x: holder { phone email } } } } }',
    ),
  },
  {
    of: 3,
    tries: 'a third party counts rows by `__typename`',
    learns: async ({ world }) => {
      const { text } = await world.as(outsider)('{ me { accounts { __typename } } }');
      return [...text.matchAll(/DepositAccount|CardAccount|LoanAccount/g)].map(([type]) => type);
    },
  },
  {
    of: 6,
    tries: 'a third party renames accounts to a name',
    learns: asking(outsider, '{ me { displayName: accounts { constructor: nickname __proto__: maskedNumber } } }'),
  },
  {
    of: 7,
    tries: 'a third party hides accounts in nested fragments',
    learns: asking(
      outsider,
      '{ ...R } fragment R on Query { me { ...C } } fragment C on Customer { accounts { nickname } }',
    ),
  },
  {
    of: 8,
    tries: 'an alert reader includes balances by a default',
    learns: asking(
      insider('FRAUD_ALERTS'),
      `query ($on: Boolean = true) { me { accounts { __typename ...B @include(if: $on) } } } fragment B on Account { ${money} }`,
    ),
  },
  {
    of: 10,
    tries: 'a third party introspects a hidden type',
    learns: async ({ world }) => {
      const { text } = await world.as(outsider)('{ __type(name: "Account") { fields { name } } }');
      return text.includes('maskedNumber') ? ['Account.maskedNumber'] : [];
    },
  },
  {
    of: 10,
    tries: 'a third party misspells a hidden field',
    learns: async ({ world }) => {
      const { text } = await world.as(outsider)('{ me { acounts { id } } }');
      return text.includes('"accounts\\"') || text.includes('Did you mean') ? ['Customer.accounts'] : [];
    },
  },
  {
    of: 12,
    tries: 'an account reader compares by a payment',
    learns: async ({ world }) => {
      const { text } = await world.as(insider('ACCOUNT_SERVICING'))(
        'mutation { sendPayment(recipient: "a", amount: "1.00", currency: "USD", idempotencyKey: "probe-12") { state } }',
      );
      return /COMPLETED|REJECTED|ACCEPTED/.exec(text) ?? [];
    },
  },
  {
    of: 36,
    tries: 'an alert reader has banks asked for what is denied afterwards',
    learns: async ({ world }) => {
      const asked = await heardBy(world, () =>
        world.as(insider('FRAUD_ALERTS'))(`{ me { accounts { id ${money} } } }`),
      );
      return asked.includes('balances') ? ['banks were asked for balances'] : [];
    },
  },
];

const identities: readonly Probe[] = [
  {
    of: 4,
    tries: 'a customer reads the bank’s reference out of an id',
    learns: async ({ world }) => {
      const { data } = await world.as(insider('ACCOUNT_SERVICING'))('{ me { accounts { id } } }');
      const ids = (data.me?.accounts ?? []).map(({ id }) => Buffer.from(String(id), 'base64url').toString('latin1'));
      return ids.filter((text) => /harbor|summit|prairie/.test(text));
    },
  },
  {
    of: 21,
    tries: 'a third party adds data scopes to its token',
    learns: async (target) => {
      const token = { ...outsider, scope: 'partner:share data:relationship data:balance data:account-identity' };
      return secretsIn(target, await target.world.as(token)(`{ me { accounts { nickname ${money} } } }`));
    },
  },
  ...['data:balance\tdata:terms', 'data:Balance', 'data:balance openid', ' data:balance'].map((scope): Probe => ({
    of: 22,
    tries: `the scope ${JSON.stringify(scope)}`,
    learns: async ({ world }) => {
      const { status } = await world.as({ ...insider('ACCOUNT_SERVICING'), scope })('{ me { id } }');
      return status === 200 ? ['the token was taken'] : [];
    },
  })),
  {
    of: 38,
    tries: 'another customer asks for an account by its id',
    learns: async (target) => {
      const { world } = target;
      const { data } = await world.as(insider('ACCOUNT_SERVICING'))('{ me { accounts { id } } }');
      const id = String(data.me?.accounts?.[0]?.id);
      const query = 'query ($id: ID!) { account(id: $id) { nickname } }';
      let answer = { text: '' };
      const asked = await heardBy(world, async () => {
        answer = await world.as(insider('ACCOUNT_SERVICING', 'customer-2'))(query, { id });
      });
      return [...secretsIn(target, answer), ...(asked === '[]' ? [] : ['a bank heard of the id'])];
    },
  },
  {
    of: 39,
    tries: 'the ads system takes a first-party purpose',
    learns: asking(
      { client: 'ads-engine', ...insider('ACCOUNT_SERVICING') },
      `{ me { accounts { nickname ${money} } } }`,
    ),
  },
];

const states: readonly Probe[] = [
  {
    of: 27,
    tries: 'an alert reader sends the text that an account reader has just sent',
    learns: async (target) => {
      const query = `query SentByTwo { me { accounts { ${money} holder { email } } } }`;
      await target.world.as(insider('ACCOUNT_SERVICING'))(query);
      return secretsIn(target, await target.world.as(insider('FRAUD_ALERTS'))(query));
    },
  },
  {
    of: 28,
    tries: 'an account is read under a consent that was revoked',
    learns: async ({ world }) => {
      const { data } = await world.as(insider('ACCOUNT_SERVICING', 'customer-4'))('{ me { accounts { nickname } } }');
      return (data.me?.accounts ?? []).map(({ nickname }) => String(nickname));
    },
  },
  {
    of: 9,
    tries: 'fragments that expand to eight thousand positions',
    learns: async ({ world }) => {
      const twenty = (one: string) => Array.from({ length: 20 }, (_, i) => one.replaceAll('#', String(i))).join(' ');
      const query = `query { ${twenty('a#: banks { ...A }')} } fragment A on Bank { ${twenty('b#: id ...B')} } fragment B on Bank { ${twenty('c#: name')} }`;
      const { text } = await world.as(outsider)(query);
      return text.includes('"data":{') ? ['the operation was answered'] : [];
    },
  },
  {
    of: 9,
    tries: 'sixty pages of a thousand rows under as many aliases',
    learns: async ({ world }) => {
      const page = (_: unknown, at: number) => `a${at}: receipts(first: 1000) { edges { node { id } } }`;
      const { text } = await world.as(insider('ACCOUNT_SERVICING'))(
        `{ me { ${Array.from({ length: 60 }, page).join(' ')} } }`,
      );
      return text.includes('"data":{') ? ['the operation was answered'] : [];
    },
  },
  {
    of: 50,
    tries: 'another customer consents for an account',
    learns: async ({ world }) => {
      const { data } = await world.as(insider('ACCOUNT_SERVICING'))('{ me { accounts { id } } }');
      const { text } = await world.as(insider('CONSENT_MANAGEMENT', 'customer-2'))(
        `mutation ($id: ID!) { grantConsent(bankId: "harbor", purpose: SUPPORT_CHAT, categories: [CONVERSATION],
           accountIds: [$id], idempotencyKey: "probe-50") { state } }`,
        { id: String(data.me?.accounts?.[0]?.id) },
      );
      return text.includes('"state"') ? ['the consent was granted'] : [];
    },
  },
];

/** Probes that need a running demo, in an order in which none disturbs the next. */
export const demoProbes: readonly Probe[] = [...reads, ...identities, ...states];
