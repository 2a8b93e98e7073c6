import { describe, expect, test } from '@jest/globals';
import { isObjectType, parse, printSchema, validate, validateSchema } from 'graphql';
import { printProblem } from '../../src/fault/index.js';
import { loadPolicy, viewNames, type ViewName, type Views } from '../../src/policy/index.js';
import { composeProject } from '../../src/cli/compose.js';
import { onProjectCopy } from './projectCopy.js';

function ownViews(): Views {
  const policy = loadPolicy('.');
  if (policy.kind === 'problems') throw new Error(policy.problems.map(printProblem).join('\n'));
  return policy.views;
}

const views = ownViews();
const narrow: readonly ViewName[] = ['ads', 'open', 'audit'];

function fieldsOf(view: ViewName, type: string): string[] | undefined {
  const found = views[view].schema.getType(type);
  return isObjectType(found) ? Object.keys(found.getFields()) : undefined;
}

describe('every view', () => {
  test.each(viewNames.map((name) => [name]))('%s is a valid schema that its SDL prints', (name) => {
    const { schema, sdl } = views[name];
    expect(validateSchema(schema)).toEqual([]);
    expect(`${printSchema(schema)}\n`).toBe(sdl);
  });

  test.each(viewNames.map((name) => [name]))('%s shows no machinery: no label, no key, no federation', (name) => {
    const shown = /@(?!deprecated|specifiedBy)|DataCategory|SealedKind|join__|link__|_entities|\bref(erence)?:/.exec(
      views[name].sdl,
    );
    expect(shown?.[0]).toBeUndefined();
  });
});

describe('the narrow views', () => {
  test.each(narrow.map((name) => [name]))('%s has no financial type, no mutation and no description', (name) => {
    const { sdl } = views[name];
    expect(sdl).not.toMatch(/Account|Balance|Transaction|Payment|Fraud|Card|Conversation|Mutation|"""|bankId/);
  });

  test.each(narrow.map((name) => [name]))('%s keeps of the customer what is open', (name) => {
    expect(fieldsOf(name, 'Customer')).toEqual(['displayName', 'id', 'locale']);
  });

  test('only the ads view has the ads profile', () => {
    expect(narrow.filter((name) => fieldsOf(name, 'Query')?.includes('adProfile'))).toEqual(['ads']);
    expect(narrow.filter((name) => fieldsOf(name, 'AdProfile'))).toEqual(['ads']);
  });

  test('only the audit view has consents and receipts, and only under pseudonyms', () => {
    expect(narrow.filter((name) => /Consent|Receipt/.test(views[name].sdl))).toEqual(['audit']);
    expect([fieldsOf('audit', 'Consent'), fieldsOf('audit', 'Receipt')]).toEqual([undefined, undefined]);
  });

  test('a financial query is an ordinary validation error', () => {
    const [error] = validate(views.ads.schema, parse('{ me { accounts { id } } }'));
    expect(error?.message).toBe('Cannot query field "accounts" on type "Customer".');
  });
});

test('the first-party view has the whole graph', () => {
  expect(fieldsOf('first-party', 'Customer')).toEqual([
    'accounts',
    'adProfile',
    'checkouts',
    'connections',
    'consents',
    'conversations',
    'displayName',
    'fraudAlerts',
    'id',
    'locale',
    'payments',
    'receipts',
  ]);
  expect(fieldsOf('first-party', 'Mutation')).toHaveLength(10);
  expect(fieldsOf('first-party', 'CardAccount')).toContain('card');
});

describe('composeProject', () => {
  test('finds the committed files as their sources say', async () => {
    expect(await composeProject('.', { check: true })).toEqual([]);
  });

  test('reports drift, and writes what was missing', async () => {
    const edit = { file: 'schema/views/ads.graphql', from: 'interests', to: 'balances' };
    await onProjectCopy([edit], async (root) => {
      const codes = (await composeProject(root, { check: true })).map(({ code, location }) => [code, location?.file]);
      expect(codes).toEqual([['DRIFT', 'schema/views/ads.graphql']]);
      expect(await composeProject(root, { check: false })).toEqual([]);
      expect(await composeProject(root, { check: true })).toEqual([]);
    });
  });

  test('writes nothing when the policy does not load', async () => {
    const edit = { file: 'schema/bank.graphql', from: ' @data(category: HOLDER_PII)', to: '' };
    const problems = await onProjectCopy([edit], (root) => composeProject(root, { check: false }));
    expect(problems.map(({ code, coordinate }) => `${code} ${coordinate}`)).toEqual(['UNCLASSIFIED Account.holder']);
  });
});
