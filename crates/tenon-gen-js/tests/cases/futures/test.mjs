import assert from 'node:assert/strict';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [dir] = process.argv.slice(2);
const { instantiate } = await import(pathToFileURL(join(dir, 'index.js')));
const dispose = Symbol.dispose ?? Symbol.for('dispose');
const BLOCKED = 0xffff_ffff;
const DROPPED = 1;
const RETURNED = 2;

let take;
const component = await instantiate({ take: (call) => take(call) });

// The promise of a future is one of its value. The call begins at once, the value is read when somebody asks for it.
let number = component.give();
assert.equal(component.finish(5), BLOCKED);
assert.equal(await number, 5);
number = component.give().then((n) => n + 1);
assert.equal(component.finish(6), BLOCKED);
assert.equal(await number, 7);

// The component learns that nobody wants the value.
number = component.give();
number[dispose]();
await new Promise(setImmediate);
assert.equal(component.finish(7), DROPPED);
number = component.give();
const waiting = assert.rejects(number, /dropped before it was written/);
await new Promise(setImmediate);
number[dispose]();
await waiting;
assert.equal(component.finish(8), DROPPED);

// A future that an error or nothing may stand for is no other: it is there at once, and read when somebody asks for it.
for (const give of [() => component.giveFallible(0), () => component.giveOptional(true)]) {
  number = give();
  assert.equal(component.finish(9), BLOCKED);
  assert.equal(await number, 9);
  number = give();
  number[dispose]();
  await new Promise(setImmediate);
  assert.equal(component.finish(10), DROPPED);
}
await assert.rejects(component.giveFallible(3), { payload: 3 });
assert.equal(await component.giveOptional(false), undefined);
number = component.giveOptional(false);
number[dispose]();

// Nor does a component wait for the value of what it imports to have the future.
let dropped = 0;
take = () => Object.assign(new Promise(() => undefined), { [dispose]: () => dropped++ });
assert.equal(await component.get(), RETURNED);
assert.equal(dropped, 1);
take = () => 5;
assert.equal(await component.get(), RETURNED);
