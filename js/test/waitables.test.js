import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Waitable, WaitableSet } from '../dist/waitables.js';

const event = (payload) => () => [1, 7, payload];

function joined() {
  const set = new WaitableSet();
  const waitable = new Waitable();
  waitable.join(set);
  return { set, waitable };
}

test('what happened twice before somebody asks is told once, as it is then', () => {
  const { set, waitable } = joined();
  waitable.notify(event(1));
  waitable.notify(event(2));
  assert.deepEqual(set.poll(), [1, 7, 2]);
  assert.equal(set.poll(), undefined);
  waitable.notify(event(3));
  assert.deepEqual(set.poll(), [1, 7, 3]);
});

test('what was told otherwise is not told by the set, and what is told next is', () => {
  const { set, waitable } = joined();
  waitable.notify(event(1));
  waitable.forget();
  assert.equal(set.hasEvent, false);
  waitable.notify(event(2));
  assert.deepEqual(set.poll(), [1, 7, 2]);
  assert.equal(set.poll(), undefined);
});

test('who leaves a set takes along what it has to tell', () => {
  const { set, waitable } = joined();
  const other = new WaitableSet();
  waitable.notify(event(1));
  waitable.join(other);
  assert.equal(set.hasEvent, false);
  assert.equal(set.poll(), undefined);
  assert.equal(set.members, 0);
  assert.deepEqual(other.poll(), [1, 7, 1]);
});

test('the first who waits is woken, until it leaves', () => {
  const { set, waitable } = joined();
  const woken = [];
  const waiters = ['first', 'second'].map((name) => ({ wake: () => woken.push(name) }));
  set.waiters.push(...waiters);
  waitable.notify(event(1));
  assert.equal(set.leave(waiters[0]), true);
  assert.equal(set.leave(waiters[0]), false);
  waitable.notify(event(2));
  assert.deepEqual(woken, ['first', 'second']);
});
