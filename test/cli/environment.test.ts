import { describe, expect, test } from '@jest/globals';
import { demoSettings } from '../../src/cli/demoSettings.js';

describe('the demo’s settings', () => {
  test('have defaults', () => {
    expect(demoSettings({})).toEqual({ port: 4000, bankPort: 4101, salt: '', clockOffsetMs: 0, logLevel: 'warn' });
  });

  test('follow the environment', () => {
    const environment = { PORT: '0', BANK_PORT: '5101', RINGFENCE_CLOCK: '+91d', RINGFENCE_POLICY_HASH: 'abc' };
    expect(demoSettings(environment)).toMatchObject({
      port: 0,
      bankPort: 5101,
      clockOffsetMs: 91 * 86_400_000,
      pinnedPolicyHash: 'abc',
    });
  });

  test.each([
    ['PORT', 'four thousand', '0 to 65535'],
    ['PORT', '70000', '0 to 65535'],
    ['PORT', '-1', '0 to 65535'],
    ['BANK_PORT', '65534', '0 to 65532'],
    ['RINGFENCE_CLOCK', '91', 'such as `+91d`'],
    ['RINGFENCE_CLOCK', '-91d', 'such as `+91d`'],
    ['RINGFENCE_LOG', 'loud', 'one of trace'],
  ])('name `%s` when it is `%s`, and what was expected', (name, value, expected) => {
    expect(() => demoSettings({ [name]: value })).toThrow(expected);
    expect(() => demoSettings({ [name]: value })).toThrow(`\`${name}\``);
  });

  test('take an empty pin for a pin that nothing fits', () => {
    expect(demoSettings({ RINGFENCE_POLICY_HASH: '' }).pinnedPolicyHash).toBe('');
  });
});
