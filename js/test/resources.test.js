import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Instance } from '../dist/instance.js';
import * as r from '../dist/resources.js';

/** Where resources go through. */
const door = (cx) => ({ cx, inst: cx });

function guest() {
  const cx = new Instance();
  const type = new r.ResourceType(cx, 'order', cx);
  cx.types = [type];
  type.Class = class Order extends r.Resource {};
  const dropped = [];
  type.dtor = (rep) => dropped.push(rep);
  return { cx, type, dropped };
}

test('an owned handle becomes an object, and disposing of it calls the destructor once', () => {
  const { cx, type, dropped } = guest();
  const index = r.resourceNew(cx, 0, 7);
  assert.equal(r.resourceRep(cx, 0, index), 7);
  const order = r.liftOwn(door(cx), 0, index);
  assert.ok(order instanceof type.Class);
  order[Symbol.dispose]();
  order[Symbol.dispose]();
  assert.deepEqual(dropped, [7]);
  assert.throws(() => r.lowerRep(door(cx), 0, order, 'self'), { name: 'TypeError', message: /not disposed of/ });
});

test('handles that are not there, or are of another type, are traps', () => {
  const { cx } = guest();
  cx.types.push(new r.ResourceType(cx, 'other', cx));
  const index = r.resourceNew(cx, 0, 1);
  assert.throws(() => r.resourceDrop(cx, 0, 0), { message: /unknown handle index 0/ });
  assert.throws(() => r.resourceDrop(cx, 0, 99), { message: /unknown handle index 99 of a order$/ });
  assert.throws(() => r.resourceDrop(cx, 1, index), { message: /is not a other/ });
  r.resourceDrop(cx, 0, index);
  assert.throws(() => r.resourceDrop(cx, 0, index), { name: 'Trap' });
});

test('borrows must be given back', () => {
  const cx = new Instance();
  cx.types = [new r.ResourceType(cx, 'file')];
  r.beginScope(cx);
  const index = r.lowerBorrow(door(cx), 0, { name: 'f' });
  assert.throws(() => r.liftOwn(door(cx), 0, index), { message: /cannot give away a borrowed file/ });
  assert.throws(() => r.endScope(cx), { message: /borrow handles still remain/ });
  r.resourceDrop(cx, 0, index);
  r.endScope(cx);
});

test('dropping what the host gave disposes of it', () => {
  const cx = new Instance();
  cx.types = [new r.ResourceType(cx, 'file')];
  let disposed = 0;
  const index = r.lowerOwn(door(cx), 0, { [Symbol.dispose]: () => disposed++ });
  r.resourceDrop(cx, 0, index);
  assert.equal(disposed, 1);
});

test('what is lent cannot be given away', () => {
  const { cx } = guest();
  const order = r.liftOwn(door(cx), 0, r.resourceNew(cx, 0, 1));
  r.beginScope(cx);
  r.lowerRep(door(cx), 0, order);
  assert.throws(() => r.lowerOwn(door(cx), 0, order), { name: 'TypeError' });
});

test('a component that runs or has trapped cannot be entered', () => {
  const cx = new Instance();
  cx.enter('a');
  assert.throws(() => cx.enter('b'), { name: 'Trap', message: /^b: cannot enter the component: a / });
});
