import { describe, expect, test } from '@jest/globals';
import { ClientFault, InternalFault } from '../../src/fault/index.js';
import { createLogger, describeError } from '../../src/gateway/log.js';
import { StoreFault } from '../../src/store/storeFault.js';

function linesOf(write: (logger: ReturnType<typeof createLogger>) => void): string {
  const lines: string[] = [];
  write(createLogger('info', { write: (line) => void lines.push(line) }));
  return lines.join('');
}

describe('a log', () => {
  test('keeps tokens, texts and variables out, should they be passed', () => {
    const text = linesOf((logger) =>
      logger.info({ token: 'a.b.c', request: { variables: { iban: 'DE89' }, query: '{ me }' } }, 'x'),
    );
    expect(text).not.toMatch(/a\.b\.c|DE89|\{ me \}/);
    expect(text).toContain('[redacted]');
  });

  test('keeps the message of our own fault, with its code', () => {
    expect(describeError(new ClientFault('STALE'))).toMatchObject({
      code: 'STALE',
      message: expect.any(String) as unknown,
    });
    expect(describeError(new InternalFault('no keys for `harbor`')).message).toBe('no keys for `harbor`');
  });

  test('says why the store cannot be used', () => {
    const fault = new StoreFault('STORE_FULL', 'make room', { cause: new Error('row (12.30)') });
    expect(describeError(fault)).toMatchObject({ name: 'StoreFault', reason: 'STORE_FULL', message: 'make room' });
    expect(JSON.stringify(describeError(fault))).not.toContain('12.30');
  });

  test('keeps what a foreign error quotes out, also as a cause', () => {
    const parsing = (): unknown => JSON.parse('12.30 EUR');
    let foreign: unknown;
    try {
      parsing();
    } catch (error) {
      foreign = error;
    }
    const text = linesOf((logger) => logger.error({ err: new InternalFault('not json', { cause: foreign }) }, 'x'));
    expect(text).toContain('SyntaxError');
    expect(text).not.toContain('12.30');
  });

  test('keeps members that a foreign error carries out', () => {
    const error = Object.assign(new Error('refused'), { code: 'ECONNREFUSED', body: '{"amount":"99.99"}' });
    const text = linesOf((logger) => logger.error({ err: error }, 'x'));
    expect(text).toContain('ECONNREFUSED');
    expect(text).not.toContain('99.99');
  });
});
