import { describe, expect, test } from '@jest/globals';
import { buildSchema, parse, validate } from 'graphql';
import { Verdicts } from '../../src/authorize/index.js';
import { compareStated, compileTable, maskOf, permissions, viewOf } from '../../src/policy/index.js';
import { rules } from './rulesOfTheBook.js';
import { proveCombination } from '../../src/proof/combination.js';
import { differenceFindings } from '../../src/proof/doubleEntryFindings.js';
import { proveFlow } from '../../src/proof/flowFindings.js';
import { examine, prove, type Finding, type Subject } from '../../src/proof/index.js';
import { proveLock } from '../../src/proof/lockFindings.js';
import { proveNeverConsentable } from '../../src/proof/neverConsentable.js';
import { proveViews } from '../../src/proof/viewClosure.js';
import { onProjectCopy } from '../policy/projectCopy.js';
import { repositorySubject } from './repositorySubject.js';

const subject = repositorySubject();

/** What makes each counterexample no operation of its principal's view. */
function invalid(findings: readonly Finding[], { views }: Subject = subject): string[] {
  return findings.flatMap(({ counterexample }) => {
    if (!counterexample) return ['no counterexample'];
    const { schema } = views[viewOf(counterexample.principal.purpose)];
    return validate(schema, parse(counterexample.operation)).map(({ message }) => message);
  });
}

describe('the proof of this repository', () => {
  test('holds in every part, and looks at every scope that a token may have', async () => {
    const proof = await prove({ kind: 'subject', subject });
    expect(proof.findings).toEqual([]);
    expect(proof.parts.map(({ part }) => part)).toEqual([
      'classified',
      'never-consentable',
      'flow',
      'combination',
      'double-entry',
      'views',
      'lock',
    ]);
    expect(proof.matrix.length).toBe(subject.classification.labels.size);
  });
});

describe('a planted mistake is a finding of its part', () => {
  test('in the matrix, in a clearance and in a label, from the files themselves', async () => {
    const edits = [
      {
        file: 'policy/matrix.yaml',
        from: 'AD_TARGETING: &never\n    RELATIONSHIP: deny',
        to: 'AD_TARGETING: &never\n    RELATIONSHIP: allow',
      },
      {
        file: 'policy/clearances.yaml',
        from: 'wallet: [PAYMENT_ACTIVITY, PAYMENT_CREDENTIAL]',
        to: 'wallet: [PAYMENT_CREDENTIAL]',
      },
    ];
    await onProjectCopy(edits, (root) => {
      const examined = examine(root, () => []);
      if (examined.kind === 'problems') throw new Error(JSON.stringify(examined.problems));
      const opened = proveNeverConsentable(examined.subject).findings;
      expect(opened.map(({ code, location }) => [code, location?.file])).toContainEqual([
        'NEVER_CONSENTABLE',
        'policy/matrix.yaml',
      ]);
      const { findings } = proveFlow(examined.subject);
      expect(findings.map(({ code, coordinate }) => [code, coordinate])).toContainEqual([
        'FLOW_INTO_SUBGRAPH',
        'subgraph wallet',
      ]);
      expect(findings.every(({ path = [] }) => path.length > 0)).toBe(true);
      expect(invalid(findings, examined.subject)).toEqual([]);
    });
  });

  test('in what flows into an open field: every purpose that nobody can consent to would read it', () => {
    const reaching = new Map(subject.flow.reaching).set('MerchantOffer.text', maskOf(['OFFER_PUBLIC', 'BALANCE']));
    const { findings } = proveNeverConsentable({ ...subject, flow: { ...subject.flow, reaching } });
    expect(new Set(findings.map(({ code, coordinate }) => `${code} ${coordinate}`))).toEqual(
      new Set(['NEVER_CONSENTABLE MerchantOffer.text']),
    );
    expect(findings.length).toBe(9);
    expect(invalid(findings)).toEqual([]);
    expect(findings[0]?.counterexample).toMatchObject({
      operation: 'query { merchantOffers { edges { node { text } } } }',
      principal: { client: 'ads-engine', purpose: 'AD_TARGETING', scope: 'ads:targeting' },
    });
  });

  test('in the verdicts: judges that look at nothing open what no scope names and what nobody may read', () => {
    class Lenient extends Verdicts {
      override permits(): boolean {
        return true;
      }
    }
    const { findings } = proveNeverConsentable(subject, Lenient);
    expect(new Set(findings.map(({ code }) => code))).toEqual(new Set(['SCOPE_WIDENS', 'NEVER_CONSENTABLE']));
  });

  test('in how categories combine: one permit must not be enough, nor the unknown be open', () => {
    const lenient: typeof compileTable = (...given) => {
      const table = compileTable(...given);
      const [classification] = given;
      const verdict: typeof table.verdict = (purpose, coordinate, item) => {
        const { categories } = classification.labels.get(coordinate) ?? { categories: 0 };
        const open = (categories & maskOf(['INSTITUTION_PUBLIC'])) !== 0 || coordinate.startsWith('Unknown');
        return open ? 'allow' : table.verdict(purpose, coordinate, item);
      };
      return { ...table, verdict };
    };
    const codes = new Set(proveCombination(subject, lenient).findings.map(({ code }) => code));
    expect(codes).toEqual(new Set(['DENIAL_BEATEN', 'OPEN_BY_DEFAULT']));
  });

  test('in how categories combine: the order of the labels must not decide', () => {
    const orderly: typeof compileTable = (classification, ...rest) => {
      const table = compileTable(classification, ...rest);
      const [first] = classification.labels.keys();
      return { ...table, verdict: (...asked) => (asked[1] === first ? 'allow' : table.verdict(...asked)) };
    };
    const own = orderly(subject.classification, subject.table.matrix);
    const codes = new Set(proveCombination({ ...subject, table: own }, orderly).findings.map(({ code }) => code));
    expect(codes).toContain('ORDER_MATTERS');
  });

  test('in the second book', () => {
    const planted = {
      ...permissions,
      Transaction: { ...permissions['Transaction'], description: rules.readsTransactionCore },
    };
    const { schema, table } = subject;
    const findings = differenceFindings(subject, compareStated({ schema, table, permissions: planted }));
    expect(findings.map(({ code, coordinate, location }) => [code, coordinate, location?.file])).toEqual([
      ['BOOKS_DIFFER', 'Transaction.description', 'schema/bank.graphql'],
    ]);
    expect(invalid(findings)).toEqual([]);
  });

  test('in a view that shows what its purposes may not read', () => {
    const shown = { ...subject, views: { ...subject.views, ads: subject.views['first-party'] } };
    const { findings } = proveViews(shown);
    const coordinates = findings.filter(({ code }) => code === 'VIEW_SHOWS_HIDDEN').map(({ coordinate }) => coordinate);
    expect(coordinates).toEqual(
      expect.arrayContaining(['Account.balances', 'Query.account(id:)', 'Customer.accounts']),
    );
  });

  test('in the text of a view: whatever could tell of what the view hides', () => {
    const planted = [
      [
        'type App {',
        'enum Severity { HIGH } directive @data on FIELD "Apps that read balances." type App { score: Int',
      ],
      ['publisher: String', 'publisher: String @deprecated(reason: "see Account.balances")'],
      ['merchantOffers(after: String,', 'merchantOffers(after: String = "fraudAlerts",'],
    ] as const;
    const sdl = planted.reduce((text, [from, to]) => text.replace(from, () => to), subject.views.ads.sdl);
    const ads = { schema: buildSchema(sdl), sdl: subject.views.ads.sdl };
    const { findings } = proveViews({ ...subject, views: { ...subject.views, ads } });
    expect(findings.map(({ code, coordinate }) => `${code} ${coordinate ?? ''}`.trim()).toSorted()).toEqual([
      'VIEW_DESCRIPTION App',
      'VIEW_INTROSPECTION',
      'VIEW_NAMES_HIDDEN App.publisher',
      'VIEW_NAMES_HIDDEN Query.merchantOffers(after:)',
      'VIEW_SHOWS_HIDDEN App.score',
      'VIEW_STRAY_DIRECTIVE',
      'VIEW_STRAY_TYPE Severity',
    ]);
  });

  test('in the lock', () => {
    const lock = [{ code: 'LOCK_MISMATCH', message: 'is of another policy' }];
    expect(proveLock({ ...subject, lock }).findings).toEqual([{ part: 'lock', ...lock[0] }]);
  });
});

describe('a project that does not compile', () => {
  test('is reported, not thrown: each part says that it looked at nothing', async () => {
    const proof = await prove(examine('/nowhere', () => []));
    expect(proof.subject).toBeUndefined();
    expect(proof.findings.map(({ code }) => code)).toContain('FILE_UNREADABLE');
    expect(proof.parts.length).toBe(7);
  });
});
