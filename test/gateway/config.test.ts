import { describe, expect, test } from '@jest/globals';
import { printProblem } from '../../src/fault/index.js';
import { parseConfig } from '../../src/gateway/loadConfig.js';

const whole = `
listen:
  port: 4100
issuers:
  - issuer: https://login.example
    jwksUrl: https://login.example/keys
    algorithms: [ES256]
subgraphs:
  directory:
    url: http://directory.internal:4001/graphql
    grantKey: { kid: g1, file: keys/directory.pem }
    macKey: { kid: m1, file: keys/directory.mac }
banks:
  - id: harbor
    name: Harbor Bank
    url: https://harbor.example/graphql
    status: LIVE
    region: US
    agreement:
      ACCOUNT_SERVICING: [RELATIONSHIP, BALANCE]
    lookbackDays: unlimited
    maximumConsentDays: 365
    callsPerMinute: 600
    grantKey: { kid: g2, file: keys/harbor.pem }
    macKey: { kid: m2, file: keys/harbor.mac }
`;

function problemsOf(text: string): string[] {
  const outcome = parseConfig(text, 'ringfence.yaml');
  return outcome.kind === 'ok' ? [] : outcome.problems.map(printProblem);
}

describe('a configuration', () => {
  test('that holds is filled up with defaults', () => {
    const outcome = parseConfig(whole, 'ringfence.yaml');
    expect(outcome).toMatchObject({
      kind: 'ok',
      config: {
        listen: { host: '127.0.0.1', port: 4100 },
        bodyLimitBytes: 262_144,
        audience: 'ringfence',
        explorer: false,
        allowedOrigins: [],
        log: { level: 'info' },
      },
    });
  });

  const mistakes: readonly (readonly [what: string, from: string, to: string, place: string, text: string])[] = [
    ['a port out of range', 'port: 4100', 'port: 70000', ':3:3', '`listen.port`: expected a number of 65535 or less'],
    ['a port in words', 'port: 4100', 'port: many', ':3:3', '`listen.port`: expected number'],
    ['an unknown key', 'port: 4100', 'prot: 4100', ':3:3', '`listen.prot`: expected no such key'],
    [
      'a symmetric algorithm',
      '[ES256]',
      '[HS256]',
      ':7:18',
      '`issuers[0].algorithms[0]`: expected one of `EdDSA`, `ES256`, `ES384`, `PS256`, `RS256`',
    ],
    ['no algorithm', '[ES256]', '[]', ':7:5', '`issuers[0].algorithms`: expected a length of 1 or more'],
    [
      'an unencrypted key url',
      'https://login.example/keys',
      'http://login.example/keys',
      ':6:5',
      '`issuers[0].jwksUrl`: expected `https`; `http` is for addresses of this machine',
    ],
    [
      'a bank over plain http',
      'https://harbor.example',
      'http://harbor.example',
      ':16:5',
      '`banks[0].url`: expected `https`; `http` is for addresses of this machine',
    ],
    ['an unknown purpose', 'ACCOUNT_SERVICING:', 'SERVICING:', ':20:7', '`banks[0].agreement.SERVICING`'],
    [
      'an unknown category',
      'BALANCE]',
      'BALANCES]',
      ':20:41',
      '`banks[0].agreement.ACCOUNT_SERVICING[1]`: expected one of `RELATIONSHIP`',
    ],
    ['an unknown bound', 'lookbackDays: unlimited', 'lookbackDays: all', ':21:5', '`banks[0].lookbackDays`: expected'],
    ['an unknown status', 'status: LIVE', 'status: live', ':17:5', '`banks[0].status`: expected one of `UNDISCLOSED`'],
    ['a key twice', 'port: 4100', 'port: 1\n  port: 2', ':4:3', 'expected YAML (duplicate key)'],
  ];

  test.each(mistakes.map(([what, from, to, place, text]) => ({ what, from, to, place, text })))(
    'with $what is refused with its place and what was expected',
    ({ from, to, place, text }) => {
      const [problem] = problemsOf(whole.replace(from, to));
      expect(problem).toContain(`ringfence.yaml${place} CONFIG_INVALID`);
      expect(problem).toContain(text);
    },
  );

  test('that misses a key names it', () => {
    const text = problemsOf(whole.replace(/ {4}macKey: \{ kid: m2.*\n/, '')).join('\n');
    expect(text).toContain('`banks[0].macKey`: expected object');
  });

  test('that is empty is refused', () => {
    expect(problemsOf('')).not.toEqual([]);
    expect(problemsOf('[]')).toEqual(['ringfence.yaml:1:1 CONFIG_INVALID: the file: expected object']);
  });

  test('never trusts the dev issuer', () => {
    const text = whole.replace('issuer: https://login.example', 'issuer: https://dev-issuer.ringfence.invalid');
    expect(problemsOf(text).join()).toContain('`issuers[0].issuer`: expected a real issuer');
  });

  test('never quotes what it found', () => {
    expect(problemsOf(whole.replace('status: LIVE', 'status: hunter2')).join()).not.toContain('hunter2');
  });
});
