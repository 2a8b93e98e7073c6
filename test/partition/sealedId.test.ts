import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createSealer } from '../../src/partition/index.js';

const sealer = createSealer(new Uint8Array(32).fill(1));
const subject = fc.record({ kind: fc.constantFrom('ACCOUNT', 'CURSOR', 'ALERT'), customer: fc.string() });
const target = fc.record({
  bank: fc.string({ maxLength: 40 }),
  reference: fc.string({ unit: 'binary', maxLength: 512 }),
});

describe('a sealed id', () => {
  test('opens to what was sealed, for the same kind and customer', () => {
    fc.assert(
      fc.property(subject, target, (whom, what) => {
        expect(sealer.open(whom, sealer.seal(whom, what))).toEqual(what);
      }),
    );
  });

  test('is the same each time, and says nothing of the kind, the bank or the reference', () => {
    const whom = { kind: 'ACCOUNT', customer: 'customer-1' };
    const id = sealer.seal(whom, { bank: 'harbor', reference: 'hb-20417-1' });
    expect(sealer.seal(whom, { bank: 'harbor', reference: 'hb-20417-1' })).toBe(id);
    expect(Buffer.from(id, 'base64url').toString('latin1')).not.toMatch(/harbor|20417/);
  });

  test('does not open once a bit of it is another', () => {
    fc.assert(
      fc.property(subject, target, fc.nat(), (whom, what, position) => {
        const bytes = Buffer.from(sealer.seal(whom, what), 'base64url');
        const bit = position % (bytes.length * 8);
        bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(sealer.open(whom, bytes.toString('base64url'))).toBeUndefined();
      }),
    );
  });

  test('does not open once bytes are others that read as the same text', () => {
    const whom = { kind: 'ACCOUNT', customer: 'customer-1' };
    const bytes = Buffer.from(sealer.seal(whom, { bank: 'b', reference: '\ufffd' }), 'base64url');
    // U+FFFD, and a sequence cut short that decoders replace by it
    const [written, other] = [Buffer.from('\ufffd'), Buffer.from([0xf0, 0x90, 0x80])];
    expect(other.toString('utf8')).toBe('\ufffd');
    const at = bytes.length - '"]'.length - written.length;
    written.forEach((byte, index) => (bytes[at + index] = (bytes[at + index] ?? 0) ^ byte ^ (other[index] ?? 0)));
    expect(sealer.open(whom, bytes.toString('base64url'))).toBeUndefined();
  });

  test('does not open for another kind, another customer, or under another key', () => {
    const other = createSealer(new Uint8Array(32).fill(2));
    fc.assert(
      fc.property(subject, subject, target, (whom, another, what) => {
        const id = sealer.seal(whom, what);
        if (JSON.stringify(whom) !== JSON.stringify(another)) expect(sealer.open(another, id)).toBeUndefined();
        expect(other.open(whom, id)).toBeUndefined();
      }),
    );
  });

  test('keeps kind and customer apart, however they join', () => {
    const id = sealer.seal({ kind: 'A', customer: '","B' }, { bank: 'b', reference: 'r' });
    expect(sealer.open({ kind: 'A","', customer: 'B' }, id)).toBeUndefined();
  });

  test.each([[''], ['=='], ['a'], ['ä'], ['x'.repeat(100_000)], ['AAAAAAAAAAAAAAAAAAAAAA']])(
    'is not what was never sealed: %.20s',
    (id) => {
      expect(sealer.open({ kind: 'ACCOUNT', customer: 'customer-1' }, id)).toBeUndefined();
    },
  );

  test('does not open in another spelling of the same bytes', () => {
    const whom = { kind: 'ACCOUNT', customer: 'customer-1' };
    const id = sealer.seal(whom, { bank: 'harbor', reference: 'a' });
    expect(sealer.open(whom, `${id}=`)).toBeUndefined();
    expect(sealer.open(whom, ` ${id}`)).toBeUndefined();
  });

  test('needs a key of 32 bytes', () => {
    expect(() => createSealer(new Uint8Array(31))).toThrow(RangeError);
  });
});
