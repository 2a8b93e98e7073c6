import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createSiv, type Header, type Siv } from '../../src/partition/siv.js';

/** Each text sealed, all at once. */
function seal(siv: Siv, header: Header, texts: readonly Uint8Array[]): Buffer[] {
  let end = 0;
  const sealed = siv.seal(header, {
    bytes: Buffer.concat(texts),
    ends: texts.map(({ byteLength }) => (end += byteLength)),
  });
  return sealed.ends.map((to, index) => Buffer.from(sealed.bytes.subarray(sealed.ends[index - 1] ?? 0, to)));
}

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');

describe('AES-SIV', () => {
  test.each([
    {
      name: 'A.1',
      key: 'fffefdfc fbfaf9f8 f7f6f5f4 f3f2f1f0 f0f1f2f3 f4f5f6f7 f8f9fafb fcfdfeff',
      associated: ['10111213 14151617 18191a1b 1c1d1e1f 20212223 24252627'],
      text: '11223344 55667788 99aabbcc ddee',
      sealed: '85632d07 c6e8f37f 950acd32 0a2ecc93 40c02b96 90c4dc04 daef7f6a fe5c',
    },
    {
      name: 'A.2',
      key: '7f7e7d7c 7b7a7978 77767574 73727170 40414243 44454647 48494a4b 4c4d4e4f',
      associated: [
        '00112233 44556677 8899aabb ccddeeff deaddada deaddada ffeeddcc bbaa9988 77665544 33221100',
        '10203040 50607080 90a0',
        '09f91102 9d74e35b d84156c5 635688c0',
      ],
      text: '74686973 20697320 736f6d65 20706c61 696e7465 78742074 6f20656e 63727970 74207573 696e6720 5349562d 414553',
      sealed:
        '7bdb6e3b 432667eb 06f4d14b ff2fbd0f cb900f2f ddbe4043 26601965 c889bf17 dba77ceb 094fa663 b7a3f748 ba8af829 ea64ad54 4a272e9c 485b62a3 fd5c0d',
    },
  ])('seals and opens vector $name of RFC 5297', ({ key, associated, text, sealed }) => {
    const siv = createSiv(hex(key));
    const header = siv.header(associated.map(hex));
    expect(seal(siv, header, [hex(text)])[0]?.toString('hex')).toBe(hex(sealed).toString('hex'));
    expect(siv.open(header, hex(sealed))?.toString('hex')).toBe(hex(text).toString('hex'));
  });

  const bytes = fc.uint8Array({ maxLength: 70 });
  const siv = createSiv(new Uint8Array(64).fill(3));

  test('seals texts together as it seals each alone, and opens them', () => {
    fc.assert(
      fc.property(bytes, fc.array(bytes, { maxLength: 6 }), (associated, texts) => {
        const header = siv.header([associated]);
        const together = seal(siv, header, texts);
        expect(together).toEqual(texts.flatMap((text) => seal(siv, header, [text])));
        expect(together.map((sealed) => siv.open(header, sealed))).toEqual(texts.map((text) => Buffer.from(text)));
      }),
    );
  });

  test('opens nothing under other associated data, and nothing that was changed', () => {
    fc.assert(
      fc.property(bytes, bytes, fc.nat(), (associated, text, place) => {
        const [sealed = Buffer.alloc(0)] = seal(siv, siv.header([associated]), [text]);
        expect(siv.open(siv.header([associated, associated]), sealed)).toBeUndefined();
        const at = place % sealed.byteLength;
        sealed[at] = (sealed[at] ?? 0) ^ 1;
        expect(siv.open(siv.header([associated]), sealed)).toBeUndefined();
      }),
    );
  });
});
