import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { buildSchema } from 'graphql';
import {
  bookOf,
  compileTable,
  fieldsWithoutRule,
  lockFile,
  permissions,
  permissionsFor,
  shieldSchema,
} from '../../src/policy/index.js';
import * as rules from '../../src/policy/rules.js';

describe('permissions', () => {
  test('hold nothing but known rules, because one other value makes shield drop the type', () => {
    const known = new Set<unknown>(Object.values(rules));
    const strangers = Object.values(permissions).flatMap((fields) =>
      Object.values(fields).filter((rule) => !known.has(rule)),
    );
    expect(strangers).toEqual([]);
  });

  test('state every kind of account alike, because shield ignores interfaces', () => {
    for (const [field, rule] of Object.entries(permissions['DepositAccount'] ?? {})) {
      expect([field, permissions['CardAccount']?.[field]]).toEqual([field, rule]);
      expect([field, permissions['LoanAccount']?.[field]]).toEqual([field, rule]);
    }
  });
});

describe('both pages of the second book', () => {
  const none = new Map<string, never>();
  const classification = { labels: none, valueTypes: new Set<string>(), valueFields: new Set<string>(), sealed: none };
  const lists = {
    rows: none,
    anchors: none,
    writes: none,
    entries: none,
    picking: new Set<string>(),
    open: 0,
  } as never;
  const book = bookOf({
    classification,
    matrix: lists,
    table: compileTable(classification, lists),
    clearances: none,
    clients: none,
    restrictions: none,
    policies: none,
    declassifications: [],
  });
  const signed = (JSON.parse(readFileSync(lockFile, 'utf8')) as { book: typeof book }).book;

  test.each(['permissions', 'arguments'])('are those that the approvers signed: %s', (page) => {
    expect(book[page]).toEqual(signed[page]);
  });
});

describe('permissionsFor', () => {
  test('keeps what the schema has', () => {
    const schema = buildSchema('type Query { app: App } type App { id: ID name: String }');
    expect(permissionsFor(schema)).toEqual({
      Query: { app: rules.publicApps },
      App: { id: rules.publicApps, name: rules.publicApps },
    });
  });

  test('lets federation ask a subgraph', () => {
    const schema = buildSchema(`
      type Query { _service: _Service! _entities: [App]! }
      type _Service { sdl: String }
      type App { id: ID }
    `);
    expect(fieldsWithoutRule(schema)).toEqual([]);
  });

  test('refuses a schema with fields that nobody judged, naming them', () => {
    const schema = buildSchema('type Query { app: App } type App { id: ID rank: Int } type Segment { name: String }');
    expect(() => permissionsFor(schema)).toThrow(/`App\.rank`, `Segment\.name`/);
    expect(() => shieldSchema(schema)).toThrow(/`App\.rank`/);
  });

  test('has no rule for a field or type that is named like a property of every object', () => {
    const schema = buildSchema('type Query { app: App } type App { constructor: ID } type toString { id: ID }');
    expect(fieldsWithoutRule(schema)).toEqual(['App.constructor', 'toString.id']);
  });
});
