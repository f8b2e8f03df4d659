import assert from 'node:assert/strict';
import { test } from 'node:test';
import { liftLatin1, liftUtf16, lowerLatin1, lowerUtf16 } from '../dist/utf16.js';
import { liftUtf8, lowerUtf8 } from '../dist/utf8.js';
import { memory } from './support.js';

const TEXTS = ['', 'a', 'hello world', 'grüße', '世界', '🎈', '\u{feff}mark', 'x'.repeat(5000), 'ü'.repeat(5000), 'a'.repeat(100_000) + '🎈'];

for (const [name, lower, lift] of [
  ['utf8', lowerUtf8, liftUtf8],
  ['utf16', lowerUtf16, liftUtf16],
  ['latin1+utf16', lowerLatin1, liftLatin1],
]) {
  test(`${name}: strings go there and back`, () => {
    const m = memory();
    for (const text of TEXTS) {
      const ptr = lower(m, text);
      assert.equal(lift(m, ptr, m.len), text);
    }
  });

  test(`${name}: what is no string is refused, and what is no text cannot be`, () => {
    const m = memory();
    assert.throws(() => lower(m, 5, 'name'), { name: 'TypeError', message: /name: expected string, got 5/ });
    const ptr = lower(m, 'a\ud800b');
    assert.equal(lift(m, ptr, m.len), 'a\ufffdb');
  });

  test(`${name}: out of bounds is a trap`, () => {
    const m = memory();
    m.cx.at = 'greet';
    assert.throws(() => lift(m, 65530, 20), { name: 'Trap', message: /^greet: string.*out of bounds/ });
    assert.throws(() => lift(m, -2, 20), { name: 'Trap' });
  });
}

test('invalid text is a trap', () => {
  const m = memory();
  m.u8.set([0xff, 0xfe], 100);
  assert.throws(() => liftUtf8(m, 100, 2), { name: 'Trap', message: /UTF-8/ });
  m.u8.set([0x00, 0xd8], 200);
  assert.throws(() => liftUtf16(m, 200, 1), { name: 'Trap', message: /UTF-16/ });
  assert.throws(() => liftUtf16(m, 201, 1), { name: 'Trap', message: /unaligned/ });
});

test('a view is made again when the memory has grown', () => {
  const m = memory();
  const before = m.u8;
  const ptr = lowerUtf8(m, 'z'.repeat(200_000));
  assert.equal(before.length, 0);
  assert.equal(liftUtf8(m, ptr, m.len).length, 200_000);
});
