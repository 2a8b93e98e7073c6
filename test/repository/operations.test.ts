import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { buildSchema, parse, validate, type OperationDefinitionNode } from 'graphql';
import { isPurpose, viewOf } from '../../src/policy/index.js';
import { examples, variablesOf } from './example.js';

const schemaOf = (view: string) => buildSchema(readFileSync(`schema/views/${view}.graphql`, 'utf8'));
const schemas = { 'first-party': schemaOf('first-party'), ads: schemaOf('ads'), open: schemaOf('open') };

describe('the example operations', () => {
  test('there are examples of reading and of writing', () => {
    expect(examples().length).toBeGreaterThanOrEqual(12);
    expect(examples().filter((example) => example.source.includes('\nmutation ')).length).toBeGreaterThan(2);
  });

  test.each(examples().map((example) => [example.name, example] as const))('%s fits its view', (name, example) => {
    const document = parse(example.source);
    expect(validate(schemas[example.view], document)).toEqual([]);
    const [operation, ...others] = document.definitions as OperationDefinitionNode[];
    expect(others).toEqual([]);
    expect(operation?.name?.value).toBe(name);
  });

  test.each(examples().map((example) => [example.name, example] as const))(
    '%s fits the view of the principal that it names',
    (_name, example) => {
      if (!isPurpose(example.purpose)) throw new Error(`unknown purpose \`${example.purpose}\``);
      const view = viewOf(example.purpose);
      if (view === 'audit') throw new Error('no example runs under the audit view');
      expect(validate(schemas[view], parse(example.source))).toEqual([]);
    },
  );

  test.each(examples().map((example) => [example.name, example] as const))(
    '%s gives a value to each variable that it requires, and to no other',
    (_name, example) => {
      const [operation] = parse(example.source).definitions as OperationDefinitionNode[];
      const declared = operation?.variableDefinitions ?? [];
      const required = declared.filter((variable) => variable.type.kind === 'NonNullType');
      const given = Object.keys(example.variables);
      expect(given).toEqual(expect.arrayContaining(required.map((variable) => variable.variable.name.value)));
      expect(declared.map((variable) => variable.variable.name.value)).toEqual(expect.arrayContaining(given));
    },
  );

  test('a reference to another example takes the value from its answer', async () => {
    const example = examples().find(({ name }) => name === 'AccountActivity');
    if (example === undefined) throw new Error('`AccountActivity` is missing');
    const asked: string[] = [];
    const variables = await variablesOf(example, async ({ name }) => {
      asked.push(name);
      return { me: { accounts: [{ id: 'first' }, { id: 'second' }] } };
    });
    expect(asked).toEqual(['AccountsOverview']);
    expect(variables).toEqual({ accountId: 'first', first: 25 });
  });
});
