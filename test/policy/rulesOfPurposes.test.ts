/**
 * Who each rule of the second book permits, written down from domain.md, section 3: with all evidence, on an anchor edge,
 * and with one part of the evidence missing.
 */
import { describe, expect, test } from '@jest/globals';
import { buildSchema } from 'graphql';
import { argumentPermissions } from '../../src/policy/argumentPermissions.js';
import { anchorKey, type Evidence, type Row } from '../../src/policy/evidence.js';
import { accountKeyOf, isPure, type Rule } from '../../src/policy/rule.js';
import * as rules from '../../src/policy/rules.js';
import { controlCategories, purposes, type DataCategory, type Purpose } from '../../src/policy/vocabulary.js';

type RuleName = keyof typeof rules;

const all: Readonly<Record<string, unknown>> = rules;
/** A rule by the name under which `permissions.ts` knows it. */
const ruleOf = (name: RuleName): Rule => all[name] as Rule;

const schema = buildSchema(`
  type Query { card: CardAccount entry: Entry noted: Noted }
  interface Other { note: ID }
  type Noted implements Other { note: ID accountReference: ID }
  interface Account { reference: ID }
  type CardAccount implements Account { reference: ID }
  type Entry { accountReference: ID }
`);

interface Asked {
  readonly evidence?: Partial<Evidence>;
  readonly anchor?: string;
  readonly args?: Record<string, unknown>;
  readonly type?: string;
  readonly parent?: unknown;
}

async function permits(name: RuleName, purpose: Purpose, asked: Asked = {}): Promise<boolean> {
  const yes = () => true;
  const evidence = { purpose, scope: yes, consent: yes, agreement: yes, ...asked.evidence };
  const rule = ruleOf(name);
  const info = { parentType: schema.getType(asked.type ?? 'Query') } as never;
  const parent = 'parent' in asked ? asked.parent : asked.anchor === undefined ? {} : { [anchorKey]: asked.anchor };
  return (await rule.resolve(parent as object, asked.args ?? {}, { evidence } as never, info, {} as never)) === true;
}

async function permitted(name: RuleName, asked: Asked = {}): Promise<Purpose[]> {
  const answers = await Promise.all(purposes.map((purpose) => permits(name, purpose, asked)));
  return purposes.filter((_, index) => answers[index]);
}

const [servicing, fraud, chat, p2p, checkout, managing, audit] = purposes;
const customers: Purpose[] = [servicing, fraud, chat, p2p, checkout];
const owners: Purpose[] = [...customers, managing];
const ads: Purpose[] = ['AD_TARGETING', 'AD_MEASUREMENT'];

/** Rule → whom it permits with all evidence, off every anchor edge. */
const readers: Readonly<Record<RuleName, readonly Purpose[]>> = {
  readsRelationship: customers,
  readsAccountIdentity: customers,
  readsHolder: [servicing],
  readsAvailableBalance: [servicing, p2p],
  readsBalance: [servicing],
  readsTerms: [servicing],
  readsBills: [servicing],
  readsTransactionCore: [servicing],
  readsTransactionDetail: [servicing],
  readsPayments: [servicing, p2p],
  readsFraudSignal: [fraud],
  readsConversation: [chat],
  readsAlertedAccount: [fraud],
  readsConversationBank: [chat],
  readsConnectionStatus: customers,
  opensAlertTransaction: [fraud],
  opensMessageTransaction: [chat],
  opensMessagePayment: [chat],
  opensMessageAlert: [chat],
  opensCheckoutPayment: [servicing, p2p, checkout],
  picksAccounts: owners,
  picksByAppearance: owners,
  ownConsents: owners,
  ownReceipts: owners,
  ownConsentsByBank: owners,
  ownReceiptsByBank: owners,
  reducedConsents: [audit],
  reducedReceipts: [audit],
  managesConsents: [managing],
  makesPayments: [p2p],
  checksOut: [checkout],
  chats: [chat],
  acknowledgesAlerts: [fraud],
  locksCards: [servicing],
  disputesTransactions: [servicing],
  adsSystem: ads,
  customerOfProfile: [managing],
  readsAdProfile: [managing, ...ads],
  publicProfile: purposes,
  publicBanks: purposes,
  publicOffers: purposes,
  publicApps: purposes,
  asTheEdge: purposes,
  machinery: purposes,
  deniedToAll: [],
};
const names = Object.keys(readers) as RuleName[];

describe('a rule', () => {
  test('has an entry here, a name of its own, and is pure and frozen', () => {
    expect(Object.keys(rules).toSorted()).toEqual(names.toSorted());
    const made = names.map(ruleOf);
    expect(made.filter((rule) => !isPure(rule) || !Object.isFrozen(rule))).toEqual([]);
    expect(isPure({} as Rule)).toBe(false);
    const edges = made.map(({ name }) => name).filter((name) => name.startsWith('opens '));
    expect(edges).toEqual(
      ['FraudAlert.transaction', 'Message.transaction', 'Message.payment', 'Message.alert', 'Checkout.payment'].map(
        (edge) => `opens ${edge}`,
      ),
    );
    expect(made.filter(({ name }, index) => !name.startsWith('opens ') && name !== names[index])).toEqual([]);
  });

  test.each(names)('%s permits the purposes of the domain and no others', async (name) => {
    expect(await permitted(name)).toEqual(readers[name]);
  });

  test.each<[string, RuleName, readonly Purpose[]]>([
    ['FraudAlert.transaction', 'readsTransactionCore', [servicing, fraud]],
    ['FraudAlert.transaction', 'readsTransactionDetail', [servicing, fraud]],
    ['FraudAlert.transaction', 'readsBalance', [servicing]],
    ['Message.transaction', 'readsTransactionCore', [servicing, chat]],
    ['Message.transaction', 'readsTransactionDetail', [servicing, chat]],
    ['Message.transaction', 'readsPayments', [servicing, p2p]],
    ['Message.payment', 'readsPayments', [servicing, chat, p2p]],
    ['Message.alert', 'readsFraudSignal', [fraud, chat]],
    ['Message.alert', 'readsAlertedAccount', [fraud, chat]],
    ['Message.alert', 'opensAlertTransaction', [fraud]],
    ['Checkout.payment', 'readsPayments', [servicing, p2p, checkout]],
    ['Another.edge', 'readsTransactionCore', [servicing]],
  ])('on %s, %s permits those whose item hangs there too', async (anchor, name, expected) => {
    expect(await permitted(name, { anchor })).toEqual(expected);
  });
});

/** Scope, consent and agreement of every category that a rule names: what it asks for, as `part CATEGORY`. */
async function demanded(name: RuleName, purpose: Purpose): Promise<string[]> {
  const rule = ruleOf(name);
  const gaps = (['scope', 'consent', 'agreement'] as const).flatMap((part) =>
    rule.categories.map((category) => ({ part, category })),
  );
  const answers = await Promise.all(
    gaps.map(({ part, category }) =>
      permits(name, purpose, { evidence: { [part]: (word: DataCategory) => word !== category } }),
    ),
  );
  return gaps.filter((_, index) => !answers[index]).map(({ part, category }) => `${part} ${category}`);
}

describe('the evidence that a rule asks for', () => {
  const isOpen = (name: RuleName): boolean =>
    /^(?:public|reduced|asThe|machinery|denied)/.test(name) || /AdProfile|adsSystem|customerOfProfile/.test(name);

  test.each(names.filter((name) => !isOpen(name)))(
    'by %s is every part of every category, of records the scope',
    async (name) => {
      const rule = ruleOf(name);
      for (const purpose of readers[name]) {
        const isRecord = (category: DataCategory): boolean =>
          (controlCategories as readonly DataCategory[]).includes(category) ||
          (purpose === managing &&
            rule.categories.some((word) => (controlCategories as readonly DataCategory[]).includes(word)));
        const all = (['scope', 'consent', 'agreement'] as const).flatMap((part) =>
          rule.categories.filter((word) => part === 'scope' || !isRecord(word)).map((word) => `${part} ${word}`),
        );
        expect([name, purpose, await demanded(name, purpose)]).toEqual([name, purpose, all]);
      }
    },
  );

  test.each(names.filter(isOpen))('by %s is none', async (name) => {
    for (const purpose of readers[name]) expect([purpose, await demanded(name, purpose)]).toEqual([purpose, []]);
  });

  test('is about the item on the edge that opens it, and about the row elsewhere', async () => {
    const asked: [DataCategory, Row][] = [];
    const consent = (category: DataCategory, row: Row) => asked.push([category, row]) > 0;
    await permits('opensMessageAlert', chat, { evidence: { consent } });
    await permits('readsBalance', servicing, {
      evidence: { consent },
      type: 'Entry',
      parent: { accountReference: 'a' },
    });
    await permits('readsBalance', servicing, {
      evidence: { consent },
      type: 'CardAccount',
      parent: { reference: 'b', [anchorKey]: 'E' },
    });
    await permits('readsBalance', servicing, { evidence: { consent }, parent: { [anchorKey]: 7 } });
    expect(asked).toEqual([
      ['CONVERSATION', {}],
      ['FRAUD_SIGNAL', { anchor: 'Message.alert' }],
      ['BALANCE', { accountReference: 'a' }],
      ['BALANCE', { accountReference: 'b', anchor: 'E' }],
      ['BALANCE', {}],
    ]);
  });

  test.each([[undefined], [null], ['text'], [{}], [{ accountReference: 1 }]])(
    'cannot be had for a row that does not say its account: %j',
    async (parent) => {
      expect(await permits('readsBalance', servicing, { type: 'Entry', parent })).toBe(false);
      expect(await permits('readsBalance', servicing, { type: 'Query', parent })).toBe(true);
    },
  );

  test('is of the account that a type names', () => {
    const keys = ['Query', 'CardAccount', 'Entry', 'Noted'].map((name) => accountKeyOf(schema.getType(name) as never));
    expect(keys).toEqual([undefined, 'reference', 'accountReference', 'accountReference']);
  });
});

describe('a credential', () => {
  const args = { credential: 'token' };

  test('is taken from those who pay, with evidence of its own', async () => {
    expect(await permitted('makesPayments', { args })).toEqual([p2p]);
    expect(await permitted('checksOut', { args })).toEqual([checkout]);
    expect(await permitted('locksCards', { args })).toEqual([]);
    for (const part of ['scope', 'consent', 'agreement'] as const) {
      const evidence = { [part]: (word: DataCategory) => word !== 'PAYMENT_CREDENTIAL' };
      expect(await permitted('makesPayments', { args, evidence })).toEqual([]);
      expect(await permitted('makesPayments', { args: { credential: null }, evidence })).toEqual([p2p]);
    }
  });
});

describe('an argument', () => {
  const givers = (path: string, anchor?: string): Purpose[] => {
    const [type = '', field = '', name = ''] = path.split('.');
    const rule = argumentPermissions[type]?.[field]?.[name];
    return purposes.filter((purpose) => rule?.permits(purpose, anchor) ?? false);
  };

  test.each<[string, readonly Purpose[]]>([
    ['Query.account.id', owners],
    ['Query.bank.id', purposes],
    ['Query.app.id', purposes],
    ['Query.adProfile.id', ads],
    ['Query.merchantOffers.first', purposes],
    ['Query.auditedConsents.after', [audit]],
    ['Query.auditedReceipts.first', [audit]],
    ['Mutation.grantConsent.bankId', owners],
    ['Mutation.grantConsent.accountIds', owners],
    ['Mutation.sendPayment.amount', [servicing, p2p]],
    ['Mutation.sendPayment.credential', [p2p, checkout]],
    ['Mutation.startCheckout.amount', customers],
    ['Mutation.openConversation.text', [chat]],
    ['Mutation.acknowledgeFraudAlert.alertId', [fraud]],
    ['Mutation.acknowledgeFraudAlert.idempotencyKey', [fraud]],
    ['Mutation.setCardLock.locked', customers],
    ['Mutation.setCardLock.idempotencyKey', customers],
    ['Mutation.disputeTransaction.reason', [servicing]],
    ['Mutation.disputeTransaction.idempotencyKey', [servicing]],
    ['Mutation.revokeConsent.idempotencyKey', owners],
    ['Customer.receipts.first', owners],
    ['LoanAccount.transactions.after', [servicing]],
    ['Conversation.messages.first', [chat]],
  ])('%s may be given by those who may know what it is compared with', (path, expected) => {
    expect(givers(path)).toEqual(expected);
  });

  test('counts as an item on an anchor edge', () => {
    expect(givers('LoanAccount.transactions.first', 'FraudAlert.transaction')).toEqual([servicing, fraud]);
  });
});
