import { describe, expect, test } from '@jest/globals';
import { buildSchema, graphqlSync, parse, validate } from 'graphql';
import { compareStated, permissions, viewOf } from '../../src/policy/index.js';
import { TokenRefusal } from '../../src/principal/index.js';
import { refusedIn } from '../../src/proof/counterexample.js';
import { differenceFindings } from '../../src/proof/doubleEntryFindings.js';
import { examine, prove, type Counterexample, type Finding, type Subject } from '../../src/proof/index.js';
import { replayable } from '../../src/proof/replayable.js';
import { proveViews } from '../../src/proof/viewClosure.js';
import { onProjectCopy } from '../policy/projectCopy.js';
import { repositorySubject } from './repositorySubject.js';
import { rules } from './rulesOfTheBook.js';

const subject = repositorySubject();

/** What becomes of a counterexample: not an operation of the view, a token whose scope nobody admits, refused coordinates, or `permitted`. */
function replay(on: Subject, example: Counterexample | undefined): string {
  if (!example) return 'no counterexample';
  const { schema } = on.views[viewOf(example.principal.purpose)];
  if (validate(schema, parse(example.operation)).length > 0) return 'invalid';
  try {
    return refusedIn(on, example).join() || 'permitted';
  } catch (cause) {
    if (cause instanceof TokenRefusal) return 'no such token';
    throw cause;
  }
}

const everyAccount = (from: string, to: string) =>
  Array.from({ length: 4 }, () => ({ file: 'schema/bank.graphql', from, to }));
const frauds = (balance: string): string =>
  `  FRAUD_ALERTS:\n    RELATIONSHIP: allow\n    ACCOUNT_IDENTITY: allow\n    HOLDER_PII: deny\n    AVAILABLE_BALANCE: deny\n    BALANCE: ${balance}\n`;
const planted = [
  { file: 'policy/matrix.yaml', from: frauds('deny'), to: frauds('allow') },
  {
    file: 'policy/matrix.yaml',
    from: 'AD_TARGETING: &never\n    RELATIONSHIP: deny',
    to: 'AD_TARGETING: &never\n    RELATIONSHIP: allow',
  },
  {
    file: 'policy/matrix.yaml',
    from: '  - DepositAccount.id\n',
    to: '  - DepositAccount.id\n  - DepositAccount.currency\n',
  },
  ...everyAccount(
    'availableBalance: Balance @data(category: AVAILABLE_BALANCE)',
    'availableBalance: Balance @data(category: ACCOUNT_IDENTITY)',
  ),
  ...everyAccount('terms: AccountTerms @data(category: TERMS)', 'terms: AccountTerms! @data(category: TERMS)'),
];

describe('a mistake planted in the files', () => {
  test('has a counterexample that is permitted there and denied here, or says why there is none', async () => {
    await onProjectCopy(planted, async (root) => {
      const examined = examine(root, () => [{ code: 'LOCK_MISMATCH', message: 'is of another policy' }]);
      if (examined.kind === 'problems') throw new Error(JSON.stringify(examined.problems));
      const there = examined.subject;
      const { findings } = await prove(examined);
      const found = (code: string, coordinate?: string): Finding | undefined =>
        findings.find((one) => one.code === code && (coordinate === undefined || one.coordinate === coordinate));

      const cell = found('BOOKS_DIFFER', 'FRAUD_ALERTS × BALANCE');
      expect(cell).toMatchObject({
        location: { file: 'policy/matrix.yaml', line: 31 },
        counterexample: {
          operation: 'query { account(id: "1") { balances { __typename } } }',
          principal: { client: 'messenger', purpose: 'FRAUD_ALERTS' },
        },
      });
      const label = found('BOOKS_DIFFER', 'CardAccount.availableBalance');
      const picked = found('MATRIX', 'Account.currency');
      for (const one of [cell, label, picked]) {
        expect([one?.coordinate, replay(there, one?.counterexample)]).toEqual([one?.coordinate, 'permitted']);
        expect(replay(subject, one?.counterexample)).not.toBe('permitted');
      }

      const nonNull = found('DENIABLE_NON_NULL');
      expect(replay(there, nonNull?.counterexample)).toBe(nonNull?.coordinate);

      expect(found('NEVER_CONSENTABLE', 'rows.AD_TARGETING.RELATIONSHIP')?.noCounterexample).toMatch(
        /denied by another rule/,
      );
      expect(found('LOCK_MISMATCH')?.noCounterexample).toMatch(/files and signatures/);
      const silent = findings.filter((one) => !one.counterexample === !one.noCounterexample);
      expect(silent).toEqual([]);
      expect(findings.filter(({ coordinate, location }) => coordinate && !location)).toEqual([]);
    });
  });
});

describe('a view that tells too much', () => {
  const edits = [
    ['type App {', 'enum Severity { HIGH } directive @data on FIELD "Apps that read balances." type App { score: Int'],
    ['publisher: String', 'publisher: String @deprecated(reason: "see Account.balances")'],
  ] as const;
  const sdl = edits.reduce((text, [from, to]) => text.replace(from, () => to), subject.views.ads.sdl);
  const ads = { schema: buildSchema(sdl), sdl: subject.views.ads.sdl };
  const there = { ...subject, views: { ...subject.views, ads } };
  const findings = proveViews(there).findings.map((finding) => replayable(finding, there));

  test.each([
    ['VIEW_STRAY_TYPE', 'Severity'],
    ['VIEW_STRAY_DIRECTIVE', 'data'],
    ['VIEW_DESCRIPTION', 'Apps that read balances.'],
    ['VIEW_NAMES_HIDDEN', 'see Account.balances'],
    ['VIEW_INTROSPECTION', ''],
  ])('%s: introspection tells there what it does not tell here', (code, told) => {
    const { operation: source = '' } = findings.find((one) => one.code === code)?.counterexample ?? {};
    const answers = [ads, subject.views.ads].map(({ schema }) => graphqlSync({ schema, source }));
    const [answered, unplanted] = answers.map(({ data, errors }) => [JSON.stringify(data), errors] as const);
    expect(answered).toEqual([expect.stringContaining(told), undefined]);
    expect(unplanted?.[0]).not.toEqual(answered?.[0]);
    if (told !== '') expect(unplanted?.[0]).not.toContain(`"${told}"`);
  });

  test('VIEW_SHOWS_HIDDEN: the operation is one of the view there, and is none here', () => {
    const shown = { ...subject, views: { ...subject.views, ads: subject.views['first-party'] } };
    const { counterexample } =
      proveViews(shown).findings.find(({ coordinate }) => coordinate === 'Account.balances') ?? {};
    expect(counterexample?.principal.purpose).toBe('AD_TARGETING');
    expect(validate(shown.views.ads.schema, parse(counterexample?.operation ?? ''))).toEqual([]);
    expect(replay(subject, counterexample)).toBe('invalid');
  });
});

describe('a mistake in the second book', () => {
  test('that the graph does not have, or that no verdict shows, says so and names its page', () => {
    const { schema, table } = subject;
    const book = { ...permissions, Account: { nothing: rules.readsBalance } };
    const [finding] = differenceFindings(subject, compareStated({ schema, table, permissions: book }));
    expect(finding && replayable(finding, subject)).toMatchObject({
      coordinate: 'Account.nothing',
      location: { file: 'src/policy/permissions.ts' },
      noCounterexample: expect.stringContaining('not in the graph'),
    });
  });
});
