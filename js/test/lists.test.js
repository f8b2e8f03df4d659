import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as checks from '../dist/checks.js';
import { liftNumbers, lowerNumbers } from '../dist/lists.js';
import { memory } from './support.js';

for (const [Class, type, values] of [
  [Int8Array, 'list<s8>', [-128, 0, 127]],
  [Uint8Array, 'list<u8>', [0, 255]],
  [Int16Array, 'list<s16>', [-32768, 32767]],
  [Uint16Array, 'list<u16>', [0, 65535]],
  [Int32Array, 'list<s32>', [-(2 ** 31), 2 ** 31 - 1]],
  [Uint32Array, 'list<u32>', [0, 2 ** 32 - 1]],
  [BigInt64Array, 'list<s64>', [-(2n ** 63n), 2n ** 63n - 1n]],
  [BigUint64Array, 'list<u64>', [0n, 2n ** 64n - 1n]],
  [Float32Array, 'list<f32>', [0.5, Infinity, NaN]],
  [Float64Array, 'list<f64>', [0.1, -0, NaN]],
]) {
  test(`${type}: typed and ordinary arrays go there and back`, () => {
    const m = memory();
    for (const list of [Class.from(values), values, []]) {
      const ptr = lowerNumbers(m, Class, type, list);
      assert.deepEqual(liftNumbers(m, Class, type, ptr, list.length), Class.from(list));
    }
  });

  test(`${type}: an element of another type is refused by name`, () => {
    const m = memory();
    assert.throws(() => lowerNumbers(m, Class, type, ['x'], 'xs'), { name: 'TypeError', message: `: xs[0]: expected ${type.slice(5, -1)}, got "x"` });
    assert.throws(() => lowerNumbers(m, Class, type, 'x', 'xs'), { name: 'TypeError' });
  });
}

test('elements out of range are refused', () => {
  const m = memory();
  for (const [Class, type, value] of [[Uint8Array, 'list<u8>', 256], [Int32Array, 'list<s32>', 1.5], [BigUint64Array, 'list<u64>', -1n]]) {
    assert.throws(() => lowerNumbers(m, Class, type, [value]), TypeError);
  }
});

test('unaligned lists and lists beyond the end are traps', () => {
  const m = memory();
  assert.throws(() => liftNumbers(m, Int32Array, 'list<s32>', 2, 1), { name: 'Trap', message: /unaligned/ });
  assert.throws(() => liftNumbers(m, Int32Array, 'list<s32>', 4, 2 ** 30), { name: 'Trap', message: /out of bounds/ });
});

test('numbers are checked, not wrapped', () => {
  for (const [name, good, bad] of [
    ['s8', [-128, 127], [128, 1.5, '1', NaN]],
    ['u8', [0, 255], [-1, 256]],
    ['s16', [-32768, 32767], [32768]],
    ['u16', [65535], [65536]],
    ['s32', [-(2 ** 31), -0], [2 ** 31, undefined]],
    ['u32', [2 ** 32 - 1], [-1, 2 ** 32]],
    ['s64', [-(2n ** 63n)], [2n ** 63n, 1]],
    ['u64', [2n ** 64n - 1n], [-1n, 1]],
    ['f64', [NaN, 1.5], ['1', 1n]],
    ['bool', [true, false], [0, 'true']],
    ['char', ['a', '🎈'], ['', 'ab', '\ud800', 97]],
  ]) {
    for (const value of good) assert.doesNotThrow(() => checks[name](value, 'f'));
    for (const value of bad) {
      assert.throws(() => checks[name](value, 'f: x'), { name: 'TypeError', message: new RegExp(`^f: x: expected ${name}, got`) });
    }
  }
});
