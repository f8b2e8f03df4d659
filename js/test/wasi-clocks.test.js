import assert from 'node:assert/strict';
import { test } from 'node:test';
import { monotonicClock } from '../dist/wasi-clocks.js';

const never = () => assert.fail('the shim does not wait');

/** A clock that goes on by itself, as timers do; how often it was looked at. */
function clock(t) {
  t.mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  const shim = { resolution: 1n, now: () => BigInt(Date.now()) * 1_000_000n, waitUntil: never, waitFor: never };
  return { tick: (ms) => t.mock.timers.tick(ms), ...monotonicClock(shim) };
}

/** How it stands with a wait, when all that is ready has had its turn. */
async function state(wait) {
  let how = 'waits';
  wait.then(() => (how = 'over'), (reason) => (how = reason));
  await new Promise(setImmediate);
  return how;
}

test('it waits for a while, or until then, and not less', async (t) => {
  const { tick, waitFor, waitUntil, now, resolution } = clock(t);
  assert.equal(resolution, 1n);
  const waits = [waitFor(1_500_001n), waitUntil(now() + 2_000_000n)];
  tick(1);
  assert.deepEqual(await Promise.all(waits.map(state)), ['waits', 'waits']);
  tick(1);
  assert.deepEqual(await Promise.all(waits.map(state)), ['over', 'over']);
});

test('what is over is over at once', async (t) => {
  const { waitFor, waitUntil } = clock(t);
  assert.deepEqual(await Promise.all([waitFor(0n), waitUntil(0n)]), [undefined, undefined]);
});

test('it can wait longer than timers', async (t) => {
  const { tick, waitFor } = clock(t);
  const wait = waitFor(2n ** 31n * 1_000_000n + 1_000_000n);
  tick(2 ** 31 - 1);
  assert.equal(await state(wait), 'waits');
  tick(2);
  assert.equal(await state(wait), 'over');
});

test('who is cancelled does not wait, and leaves no timer', async (t) => {
  const { tick, waitFor } = clock(t);
  const controller = new AbortController();
  const wait = waitFor(5_000_000n, { signal: controller.signal });
  controller.abort('enough');
  assert.equal(await state(wait), 'enough');
  const after = waitFor(5_000_000n);
  tick(5);
  assert.equal(await state(after), 'over');
});
