import assert from 'node:assert/strict';
import { test } from 'node:test';
import { httpTypes } from '../dist/wasi-http.js';
import * as shim from './shim.js';

const { Fields, Request, Response } = httpTypes(shim.types);
const fine = () => Promise.resolve({ tag: 'ok', val: undefined });
const stream = (text) => new Blob([text]).stream();
const text = (body) => new globalThis.Response(body).text();

/** A message of the shim's own, with such contents. */
const incoming = (contents, trailers = fine()) => Object.assign(new shim.Request(), { contents, trailers });

/** Contents that come one by one. */
function contents(...values) {
  const left = values.values();
  return {
    stopped: 0,
    async read() {
      const { done, value } = left.next();
      if (value instanceof Error || value?.tag) throw value;
      return done ? null : value;
    },
    async cancel() {
      this.stopped++;
    },
  };
}

test('a body goes there and back, and the shim reads it as it wants to', async () => {
  for (const Message of [Request, Response]) {
    const [message] = Message.new(new Fields(), stream('there and back'), fine());
    assert.ok(message instanceof shim[Message === Request ? 'Request' : 'Response']);
    const [body, trailers] = Message.consumeBody(message, fine());
    assert.equal(await text(body), 'there and back');
    assert.deepEqual(await trailers, { tag: 'ok', val: undefined });
  }
});

test('no body is an empty one', async () => {
  for (const none of [null, undefined]) {
    const [body, trailers] = Request.consumeBody(incoming(none), fine());
    assert.equal(await text(body), '');
    assert.equal((await trailers).tag, 'ok');
  }
});

test('a body may come byte by byte, or as a stream', async () => {
  assert.equal(await text(Request.consumeBody(incoming(contents(104, 105)), fine())[0]), 'hi');
  assert.equal(await text(Request.consumeBody(incoming(stream('hi')), fine())[0]), 'hi');
});

test('a body that breaks ends, and its trailers say why', async () => {
  const check = async (broken, val) => {
    const [body, trailers] = Request.consumeBody(incoming(contents(104, broken)), fine());
    assert.equal(await text(body), 'h');
    assert.deepEqual(await trailers, { tag: 'err', val });
  };
  await check(new Error('cut'), { tag: 'internal-error', val: 'Error: cut' });
  await check(Object.assign(new Error(), { payload: { tag: 'connection-timeout' } }), { tag: 'connection-timeout' });
  await check({ tag: 'HTTP-request-body-size', val: 3n }, { tag: 'HTTP-request-body-size', val: 3n });
});

test('what trailers are rejected with is their error', async () => {
  const broken = Promise.reject(Object.assign(new Error(), { payload: { tag: 'connection-terminated' } }));
  const [body, trailers] = Request.consumeBody(incoming(undefined, broken), fine());
  await text(body);
  assert.deepEqual(await trailers, { tag: 'err', val: { tag: 'connection-terminated' } });
});

test('trailers that are no result are none', async () => {
  const [body, trailers] = Request.consumeBody(incoming(undefined, Promise.resolve(undefined)), fine());
  await text(body);
  assert.deepEqual(await trailers, { tag: 'ok' });
});

test('who stops reading stops where the body comes from, and gets no trailers', async () => {
  const source = contents(104, 105);
  const never = new Promise(() => undefined);
  const [body, trailers] = Request.consumeBody(incoming(source, never), fine());
  await body.cancel();
  assert.equal(source.stopped, 1);
  assert.deepEqual(await trailers, { tag: 'ok' });
});

test('a response was sent when its body was read', async () => {
  const [none, sentAtOnce] = Response.new(new Fields(), undefined, fine());
  assert.ok(none instanceof shim.Response);
  assert.deepEqual(await sentAtOnce, { tag: 'ok' });
  const [whole, sent] = Response.new(new Fields(), stream('all of it'), fine());
  await text(Response.consumeBody(whole, fine())[0]);
  assert.deepEqual(await sent, { tag: 'ok' });
});

test('a response that nobody reads to its end stops the component', async () => {
  let stopped = false;
  const endless = new ReadableStream({ cancel: () => void (stopped = true) });
  const [response, sent] = Response.new(new Fields(), endless, fine());
  await Response.consumeBody(response, fine())[0].cancel();
  assert.deepEqual(await sent, { tag: 'err', val: { tag: 'connection-terminated' } });
  assert.ok(stopped);
});
