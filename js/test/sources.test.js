import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sourceOf } from '../dist/sources.js';

test('what nobody reads is let go of as well: it may hold something open', async () => {
  for (const symbol of [Symbol.iterator, Symbol.asyncIterator]) {
    let closed = 0;
    const source = { [symbol]() { return this; }, next: () => assert.fail('nobody reads'), return: () => ({ done: ++closed > 0 }) };
    await sourceOf(source, true).stop();
    assert.equal(closed, 1);
  }
});

test('what cannot be let go of is left alone', async () => {
  assert.equal(await sourceOf([[1], [2]], true).stop(), undefined);
  assert.equal(await sourceOf(Uint8Array.of(1), true).stop(), undefined);
});
