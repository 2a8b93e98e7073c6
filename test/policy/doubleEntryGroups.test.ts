import { describe, expect, test } from '@jest/globals';
import { buildASTSchema, parse } from 'graphql';
import { compareBooks } from '../../src/policy/doubleEntry.js';
import { groupsOf } from '../../src/policy/doubleEntryGroups.js';
import { positionsOf } from '../../src/policy/doubleEntryProbe.js';
import { loadPolicy, permissions, type DataCategory, type Permissions, type Policy } from '../../src/policy/index.js';
import { named, type Question, type Rule } from '../../src/policy/rule.js';
import * as rules from '../../src/policy/rules.js';
import { graphqlShield } from '../../src/policy/shieldLibrary.js';

const { supergraphSdl, table } = repositoryPolicy();
const schema = buildASTSchema(parse(supergraphSdl), { assumeValidSDL: true });

function repositoryPolicy(): Policy {
  const loaded = loadPolicy(process.cwd());
  if (loaded.kind === 'problems') throw new Error(JSON.stringify(loaded.problems));
  return loaded;
}

const groups = groupsOf(
  positionsOf(schema, () => false),
  { schema, table, permissions },
);

/** A member of a group that another member speaks for. */
const [type, field] = ['LoanAccount', 'balances'];
const coordinate = `${type}.${field}`;

async function differing(book: Permissions): Promise<string[]> {
  const found = await compareBooks({ schema, table, permissions: book });
  return [...new Set(found.flatMap((one) => ('coordinate' in one ? [one.coordinate] : [one.kind])))].toSorted();
}

/** Every position of the kind that the rule stands at, with another rule there. */
function everywhere(was: Rule, rule: Rule): Permissions {
  const swap = (fields: Readonly<Record<string, Rule>>) =>
    Object.fromEntries(Object.entries(fields).map(([name, one]) => [name, one === was ? rule : one]));
  return Object.fromEntries(Object.entries(permissions).map(([name, fields]) => [name, swap(fields)]));
}

/** The book as it stands, while shield put another rule, or none, before the one position. */
function misplaced(rule: Rule | undefined): Permissions {
  let reads = 0;
  const right = permissions[type]?.[field];
  const get = (): Rule | undefined => (reads++ === 0 ? rule : right);
  const fields = Object.defineProperty({ ...permissions[type] }, field, { enumerable: true, get });
  return { ...permissions, [type]: fields };
}

describe('positions that nothing tells apart', () => {
  test('share an answer, of which few are needed', () => {
    const asked = groups.find(({ members }) => members.some((one) => one.coordinate === coordinate));
    expect(asked?.first.coordinate).not.toBe(coordinate);
    expect(groups.length * 2).toBeLessThan(positionsOf(schema, () => false).length);
  });

  test.each<[string, Rule | undefined]>([
    ['no rule', undefined],
    ['a rule that is open to all', rules.asTheEdge],
    ['a rule of what more purposes read', rules.readsAvailableBalance],
    ['a rule of a category with the same cells, terms', rules.readsTerms],
    ['a rule of a category with the same cells, bills', rules.readsBills],
    ['a rule of a category with the same cells, the holder', rules.readsHolder],
  ])('are each asked alone: %s before one of them shows', async (_, rule) => {
    expect(await differing(misplaced(rule))).toEqual([coordinate]);
  });

  test('are each asked everything where the rule can see which position it is asked for', async () => {
    const nosy = (...[, , { evidence }, info]: ShieldArguments): boolean => {
      const spared = info.parentType.name === type;
      const covered = evidence.scope('BALANCE') && evidence.agreement('BALANCE') && evidence.consent('BALANCE', {});
      return evidence.purpose === 'ACCOUNT_SERVICING' && (covered || (spared && !evidence.scope('TERMS')));
    };
    const rule = graphqlShield.rule('nosy', { cache: 'no_cache' })(nosy as never);
    const categories: readonly DataCategory[] = ['BALANCE'];
    const book = everywhere(rules.readsBalance, Object.assign(rule, { categories }));
    expect(await differing(book)).toEqual([coordinate]);
  });

  test('do not hide a rule that answers otherwise when it is asked again', async () => {
    const asked = new Set<string>();
    const forgetful = ({ evidence }: Question): boolean => {
      const before = asked.has(evidence.purpose);
      if (evidence.scope('BALANCE') && evidence.consent('BALANCE', {})) asked.add(evidence.purpose);
      return before;
    };
    const found = await differing(everywhere(rules.readsBalance, named('forgetful', ['BALANCE'], forgetful)));
    expect(found).toContain(coordinate);
  });

  test('find nobody who writes into the evidence: it is frozen, and a rule that throws denies', async () => {
    const climbing = ({ evidence }: Question): boolean => {
      (evidence as { purpose: string }).purpose = 'ACCOUNT_SERVICING';
      return true;
    };
    const found = await differing(everywhere(rules.readsBalance, named('climbing', ['BALANCE'], climbing)));
    expect(found).toContain(coordinate);
    expect(found.every((one) => one.endsWith('.balances'))).toBe(true);
  });
});

type ShieldArguments = [
  unknown,
  unknown,
  { readonly evidence: Question['evidence'] },
  { readonly parentType: { readonly name: string } },
];
