/** threats.md, Tools' own traps: the authorization library, checks that come too late, proofs that cannot fail. */
import { expect, test } from '@jest/globals';
import { buildASTSchema, graphql, isInterfaceType, isObjectType, isUnionType, parse } from 'graphql';
import { fieldsWithoutRule, loadPolicy, permissions } from '../../src/policy/index.js';
import { applyRules } from '../../src/policy/shield.js';
import { askedSince, marksOf, textOf } from '../journeys/asking.js';
import { first, type Section } from './running.js';

const policy = loadPolicy('.');
const sdl = policy.kind === 'ok' ? policy.supergraphSdl : '';
const schema = buildASTSchema(parse(sdl), { assumeValidSDL: true });
const client = buildASTSchema(parse('type Query { open: String closed: String }'));

/** Attacks on classes 35 to 37. */
export const toolAttacks: Section = (running) => {
  test('35 no rule stands on an interface or union, where the library would not look', () => {
    const abstract = Object.keys(permissions).filter((name) => {
      const type = schema.getType(name);
      return isInterfaceType(type) || isUnionType(type);
    });
    expect(abstract).toEqual([]);
    expect(Object.values(schema.getTypeMap()).some(isInterfaceType)).toBe(true);
  });

  test('35 every field of every object that clients see has a rule of its own, so that no type falls back whole', () => {
    const whole = policy.kind === 'ok' ? policy.views['first-party'].schema : schema;
    expect(fieldsWithoutRule(whole, permissions)).toEqual([]);
    expect(Object.values(whole.getTypeMap()).filter(isObjectType).length).toBeGreaterThan(30);
    for (const fields of Object.values(permissions)) {
      for (const rule of Object.values(fields)) expect(rule).toBeDefined();
    }
  });

  test('35 what has no rule is denied, not allowed', async () => {
    const guarded = applyRules(client, {});
    const { data, errors } = await graphql({ schema: guarded, source: '{ open }', rootValue: { open: 'value' } });
    expect([data?.['open'] ?? null, (errors ?? []).length]).toEqual([null, 1]);
  });

  test('36 what may not be read is not asked for: the check stands before the fetch', async () => {
    const { world } = running();
    const marks = await marksOf(world);
    await world.as(first('FRAUD_ALERTS'))(
      '{ me { accounts { id holder { name } terms { summary } bills { payee } transactions { edges { cursor } } } fraudAlerts { id } } }',
    );
    const asked = textOf(await askedSince(world, 'harbor', marks));
    expect(asked).toContain('fraudAlerts');
    expect(asked).not.toMatch(/holder|terms|bills|transactions/);
  });
};
