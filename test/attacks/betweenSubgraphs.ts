/** threats.md, Between subgraphs: a colleague's edit of the schema, and a subgraph that answers what it likes. */
import { expect, test } from '@jest/globals';
import { openPolicy } from '../../src/gateway/index.js';
import { loadPolicy } from '../../src/policy/index.js';
import { account, holding } from '../partition/rows.js';
import { createWorld, standingAt, type WorldOptions } from '../partition/world.js';
import { type Edit, onProjectCopy } from '../policy/projectCopy.js';
import { ads, expectHidden, first, type Section } from './running.js';

const adsFile = 'schema/platform/ads.graphql';
const imports = 'import: ["@key", "@inaccessible"';
const externals = `import: ["@key", "@requires", "@external", "@provides", "@override", "@inaccessible"`;
const importing: Edit = { file: adsFile, from: imports, to: externals };
/** Puts something in front of the ads system's own type. */
const adding = (to: string): Edit => ({ file: adsFile, from: 'type AdProfile {', to: `${to}\ntype AdProfile {` });
const keyed = (fields: string, type = 'DepositAccount') =>
  adding(`type ${type} @key(fields: "bankId reference") {
    bankId: ID! @inaccessible @data(category: RELATIONSHIP)
    reference: ID! @inaccessible @data(category: RELATIONSHIP)
    ${fields}
  }`);

const inBank = (from: string, to: string): Edit => ({ file: 'schema/bank.graphql', from, to });
const deposit = 'type DepositAccount implements Account @key(fields: "bankId reference") {';
const composing = '@composeDirective(name: "@data")';
const labelled = 'balances: [Balance!] @data(category: BALANCE)';

/** What a careless colleague may write, each with what the start says of it and the edits. */
const edits: readonly (readonly [string, string, readonly Edit[]])[] = [
  [
    '5 a score that is derived and does not say from what',
    'DERIVED_WITHOUT_FROM Customer.score',
    [inBank('type Bank @key', 'extend type Customer { score: Int @data(category: DERIVED) }\ntype Bank @key')],
  ],
  [
    '13 an open field that requires a nickname',
    'FLOW_INTO_COORDINATE DepositAccount.reach',
    [
      importing,
      keyed(`nickname: String @external @data(category: ACCOUNT_IDENTITY)
        reach: Int @requires(fields: "nickname") @data(category: AD_PROFILE)`),
    ],
  ],
  [
    '14 a key of accounts in the ads subgraph',
    'FLOW_INTO_SUBGRAPH subgraph ads',
    [keyed('reach: Int @data(category: AD_PROFILE)')],
  ],
  [
    '15 an account number as a key',
    'FLOW_INTO_SUBGRAPH subgraph ads',
    [
      inBank(deposit, deposit.replace(' {', ' @key(fields: "maskedNumber") {')),
      adding(`type DepositAccount @key(fields: "maskedNumber") {
        maskedNumber: String @data(category: ACCOUNT_IDENTITY)
        reach: Int @data(category: AD_PROFILE)
      }`),
    ],
  ],
  [
    '16 another owner of a field, with an open label',
    'FLOW_INTO_SUBGRAPH subgraph ads',
    [
      importing,
      keyed('nextPaymentDue: Date @override(from: "bank") @data(category: AD_PROFILE)', 'LoanAccount'),
      adding('scalar Date'),
    ],
  ],
  [
    '16 a shared field without a label',
    'UNCLASSIFIED Customer.displayName',
    [adding('extend type Customer { displayName: String @shareable }')],
  ],
  [
    '17 a label under another name that nobody imported',
    'UNCLASSIFIED Customer.reach',
    [adding('extend type Customer { reach: Int @datum(category: AD_PROFILE) }')],
  ],
  [
    '17 a security link that is not understood',
    'SECURITY_LINK',
    [
      {
        file: adsFile,
        from: composing,
        to: `@link(url: "https://security.example/v1.0", for: SECURITY)\n  ${composing}`,
      },
    ],
  ],
  [
    '18 an inaccessible field that an open one requires',
    'FLOW_INTO_COORDINATE DepositAccount.reach',
    [
      importing,
      inBank(deposit, `${deposit}\n  hidden: Int @inaccessible @data(category: BALANCE)`),
      keyed(`hidden: Int @external @data(category: BALANCE)
        reach: Int @requires(fields: "hidden") @data(category: AD_PROFILE)`),
    ],
  ],
  ['37 a label taken away', 'UNCLASSIFIED Account.balances', [inBank(labelled, 'balances: [Balance!]')]],
];

/** What a hostile bank is asked. */
const whole = '{ me { accounts { __typename id bank { id } nickname balances { money { amount } } } } }';

/** A bank whose every answer goes through `tamper`. */
const hostile = (tamper: NonNullable<WorldOptions['tamper']>) =>
  createWorld({
    banks: [
      standingAt('harbor', { a1: ['ACCOUNT_IDENTITY', 'BALANCE'] }),
      standingAt('summit', { b1: ['ACCOUNT_IDENTITY'] }),
    ],
    rows: { harbor: holding({ accounts: [account('a1')] }), summit: holding({ accounts: [account('b1', 'summit')] }) },
    tamper: (answer, asked) => (asked.bank === 'harbor' ? tamper(answer, asked) : answer),
  });

const rewriting = (from: string, to: string) => (answer: Record<string, unknown>) =>
  JSON.parse(JSON.stringify(answer).replaceAll(from, to)) as unknown;

const lies: readonly (readonly [string, NonNullable<WorldOptions['tamper']>])[] = [
  ['another `__typename`', rewriting('"DepositAccount"', '"FraudAlert"')],
  ['an account that was not granted', rewriting('"a1"', '"a9"')],
  ['the name of another bank', rewriting('"harbor"', '"summit"')],
  ['a number where text is declared', rewriting('"nickname of a1"', '12.3')],
  ['a list where an object is declared', rewriting('"amount":"12.30"', '"amount":["12.30"]')],
  ['nothing at all', () => null],
  [
    'more entities than were asked for',
    ({ data }) => ({ data: { _entities: [...(data as { _entities: unknown[] })._entities, {}] } }),
  ],
];

/** Attacks on classes 5 and 13 to 20, and the first half of 37. */
export const subgraphAttacks: Section = (running) => {
  test.each(edits)('%s keeps the policy from loading: %s', async (_what, problem, made) => {
    const loaded = await onProjectCopy(made, (root) => loadPolicy(root));
    const problems = loaded.kind === 'problems' ? loaded.problems : [];
    expect(problems.map(({ code, coordinate = '' }) => `${code} ${coordinate}`.trim())).toContain(problem);
  });

  test('37 a label made open is served by nothing: the other book still says what it was', async () => {
    const edit = inBank('text: String @data(category: CONVERSATION)', 'text: String @data(category: APP_PUBLIC)');
    await expect(onProjectCopy([edit], (root) => openPolicy(root))).rejects.toThrow(
      /books of the policy differ:\s+Message\.text: the table says APP_PUBLIC/,
    );
  });

  test('14 what the ads subgraph is asked holds no customer, bank or account, whoever asks', async () => {
    const { world } = running();
    await world.as(ads)('{ adProfile(id: "ad-1") { interests } }');
    await world.as(first('CONSENT_MANAGEMENT'))('{ me { adProfile { interests } consents { id } accounts { id } } }');
    const { count, requests } = await world.platformLog('ads');
    expect(count).toBeGreaterThan(1);
    expect(JSON.stringify(requests)).not.toMatch(/customer-\d|harbor|summit|prairie|hb-|reference|bankId|accounts/);
  });

  test.each(['_entities(representations: [])', '_service', 'node(id: "x")', 'nodes(ids: ["x"])'])(
    '19 `%s` is exposed to no client',
    async (field) => {
      const query = `{ ${field} { __typename } }`;
      await expectHidden(running(), query);
      const answer = await running().world.as(first('ACCOUNT_SERVICING'))(query);
      expect([answer.status, answer.data]).toEqual([400, undefined]);
    },
  );

  test('20 an honest bank is shown', async () => {
    const { data } = await hostile((answer) => answer).ask(whole);
    expect(JSON.stringify(data)).toContain('nickname of a1');
    expect(JSON.stringify(data)).toContain('nickname of b1');
  });

  test.each(lies)('20 a bank that answers %s loses its rows, and no other bank does', async (_what, lie) => {
    const world = hostile(lie);
    const answer = await world.ask(whole);
    expect(answer.errors?.some(({ extensions }) => extensions.bank === 'harbor')).toBe(true);
    expect(JSON.stringify(answer.data)).toContain('nickname of b1');
    expect(JSON.stringify(answer.data)).not.toMatch(/nickname of a|12\.3/);
  });

  test('20 fields beyond those asked for are dropped', async () => {
    const world = hostile(
      rewriting('"nickname":', '"maskedNumber":"4000123412341234","__proto__":{"x":1},"nickname":'),
    );
    const text = await world.text('{ me { accounts { id nickname } } }');
    expect(text).not.toMatch(/4000123412341234|__proto__/);
  });
};
