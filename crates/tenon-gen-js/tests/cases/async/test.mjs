import assert from 'node:assert/strict';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [dir] = process.argv.slice(2);
const { instantiate } = await import(pathToFileURL(join(dir, 'index.js')));

// A hundred calls at once, whose imports end in the other order.
const order = [];
const waiting = [];
let component = await instantiate({
  sleep: (n) => (n === 0 ? 1 : new Promise((resolve) => waiting.push(() => resolve(n + 1)))),
});
assert.equal(await component.run(0), 1);
const calls = Array.from({ length: 100 }, (_, i) => component.run(i + 1).then((value) => (order.push(i), value)));
assert.equal(waiting.length, 100);
for (const wake of waiting.splice(0).reverse()) wake();
assert.deepEqual(await Promise.all(calls), Array.from({ length: 100 }, (_, i) => i + 2));
assert.deepEqual(order, Array.from({ length: 100 }, (_, i) => 99 - i));

// A signal ends the wait of the caller.
const controller = new AbortController();
const aborted = component.run(5, { signal: controller.signal });
controller.abort(new Error('enough'));
await assert.rejects(aborted, { message: 'enough' });
await assert.rejects(component.run(6, { signal: AbortSignal.abort() }), { name: 'AbortError' });

// A signal may be that of any number of calls, one after the other or at once; when they are over, nothing is left of them.
{
  waiting.length = 0;
  component = await instantiate({ sleep: (n) => (n === 0 ? 1 : new Promise((resolve) => waiting.push(() => resolve(n + 1)))) });
  const all = new AbortController();
  let listeners = 0;
  const { addEventListener, removeEventListener } = all.signal;
  all.signal.addEventListener = (...what) => (listeners++, addEventListener.apply(all.signal, what));
  all.signal.removeEventListener = (...what) => (listeners--, removeEventListener.apply(all.signal, what));
  for (let i = 0; i < 50; i++) assert.equal(await component.run(0, { signal: all.signal }), 1);
  const { signal } = all;
  const some = Array.from({ length: 50 }, (_, i) => component.run(i + 1, { signal }));
  assert.equal(listeners, 1);
  for (const wake of waiting.slice(0, 25)) wake();
  assert.deepEqual(await Promise.all(some.slice(0, 25)), Array.from({ length: 25 }, (_, i) => i + 2));
  all.abort(new Error('enough of all'));
  const left = await Promise.allSettled(some);
  assert.deepEqual(left.map((end) => end.reason?.message ?? end.value), [
    ...Array.from({ length: 25 }, (_, i) => i + 2),
    ...Array(25).fill('enough of all'),
  ]);
}

// What goes wrong in an import that cannot fail ends all calls, and nobody may enter any more.
component = await instantiate({ sleep: async (n) => { if (n === 1) throw new Error('no sleep'); await new Promise(() => {}); } });
const others = component.run(2);
await assert.rejects(component.run(1), { message: 'no sleep' });
await assert.rejects(others, { message: 'no sleep' });
await assert.rejects(component.run(3), { name: 'Trap', message: /cannot enter/ });
