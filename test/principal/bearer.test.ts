import { describe, expect, test } from '@jest/globals';
import { bearerToken } from '../../src/principal/bearer.js';
import { TokenRefusal } from '../../src/principal/refusal.js';

const taken = (authorization: string, rawHeaders: readonly string[] = ['Authorization', authorization]) =>
  bearerToken({ authorization, rawHeaders });

describe('the credential of a request', () => {
  test('may be 8,192 characters long, scheme and all, and no longer', () => {
    const token = `a.b.${'c'.repeat(8192 - 'Bearer a.b.'.length)}`;
    expect(taken(`Bearer ${token}`)).toBe(token);
    expect(() => taken(`Bearer ${token}c`)).toThrow(new TokenRefusal('header'));
  });

  test('is not mistaken for another header with a name as long', () => {
    expect(taken('Bearer a.b.c', ['accept-ranges', 'x', 'Authorization', 'Bearer a.b.c'])).toBe('a.b.c');
  });

  test.each([
    ['another scheme', 'Basic a.b.c', ['Authorization', 'Basic a.b.c']],
    ['another value as received', 'Bearer a.b.c', ['Authorization', 'Bearer a.b.d']],
    ['no value as received', 'Bearer a.b.c', ['Authorization']],
    ['nothing received', '', []],
  ])('is refused for the header itself: %s', (_, authorization, rawHeaders) => {
    const attempt = () => taken(authorization, rawHeaders);
    expect(attempt).toThrow(expect.objectContaining({ name: 'TokenRefusal', reason: 'header' }));
    expect(attempt).toThrow('token refused: header');
  });
});
