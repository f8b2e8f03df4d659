import assert from 'node:assert/strict';
import { test } from 'node:test';
import { socketTypes } from '../dist/wasi-sockets.js';

const DISPOSE = Symbol.dispose ?? Symbol.for('dispose');
const stream = (text) => new Blob([text]).stream();
const text = (body) => new globalThis.Response(body).text();

/** A queue that is read as the shim for Node's streams are: null is the end. */
class Queue {
  waiting = [];
  values = [];
  stopped = 0;

  put(value) {
    if (this.waiting.length > 0) this.waiting.shift()(value);
    else this.values.push(value);
  }

  read() {
    return new Promise((resolve, reject) => {
      const give = (value) => (value instanceof Error ? reject(value) : resolve(value));
      if (this.values.length > 0) give(this.values.shift());
      else this.waiting.push(give);
    });
  }

  async cancel() {
    this.stopped++;
  }
}

/** Sockets as the shim for Node has them. */
class Shim {
  #secret = 'mine';
  closed = 0;

  static create(family) {
    return Object.assign(new Shim(), { family });
  }

  secret = () => this.#secret;
  getAddressFamily() {
    return `${this.#secret} ${this.family}`;
  }

  listen() {
    return (this.connections = new Queue());
  }

  async send(data) {
    if (this.broken) throw Object.assign(new Error(), { payload: this.broken });
    this.sent = await text(data);
  }

  receive() {
    return [(this.data = new Queue()), this.end ?? Promise.resolve({ bytes: 3 })];
  }

  [DISPOSE]() {
    this.closed++;
  }
}

const { TcpSocket, other } = socketTypes({ TcpSocket: Shim, other: 1 });

test('sockets remain what they are', () => {
  const socket = TcpSocket.create('ipv4');
  assert.ok(socket instanceof TcpSocket && socket instanceof Shim);
  assert.equal(socket.getAddressFamily(), 'mine ipv4');
  assert.equal(other, 1);
});

test('what is sent and received ends with a result', async () => {
  const socket = TcpSocket.create('ipv4');
  assert.deepEqual(await socket.send(stream('text')), { tag: 'ok' });
  assert.equal(socket.sent, 'text');
  const [data, end] = socket.receive();
  socket.data.put(Buffer.from('abc'));
  socket.data.put(null);
  assert.equal(await text(data), 'abc');
  assert.deepEqual(await end, { tag: 'ok' });
});

test('who stops receiving stops the shim', async () => {
  const socket = TcpSocket.create('ipv4');
  socket.end = new Promise(() => undefined);
  const [data, end] = socket.receive();
  await data.cancel();
  assert.deepEqual(await end, { tag: 'ok' });
  assert.equal(socket.data.stopped, 1);
});

test('a refusal is an error code, and nothing is read', async () => {
  let stopped = false;
  const source = new ReadableStream({ cancel: () => void (stopped = true) });
  const socket = Object.assign(TcpSocket.create('ipv4'), { broken: { tag: 'invalid-state' } });
  assert.deepEqual(await socket.send(source), { tag: 'err', val: { tag: 'invalid-state' } });
  assert.ok(stopped);
  socket.end = Promise.reject(new Error('cut'));
  const [data, end] = socket.receive();
  socket.data.put(null);
  await text(data);
  assert.deepEqual(await end, { tag: 'err', val: { tag: 'other', val: 'Error: cut' } });
});

test('connections are sockets of the same kind', async () => {
  const socket = TcpSocket.create('ipv4');
  const connections = socket.listen();
  socket.connections.put(Shim.create('ipv6'));
  const { value } = await connections.next();
  assert.ok(value instanceof TcpSocket);
  assert.equal(value.getAddressFamily(), 'mine ipv6');
  socket.connections.put(new Error('gone'));
  assert.deepEqual(await connections.next(), { done: true, value: undefined });
});

test('a listening socket is open until nobody wants its connections', async () => {
  const socket = TcpSocket.create('ipv4');
  const connections = socket.listen();
  socket[DISPOSE]();
  assert.equal(socket.closed, 0);
  const next = connections.next();
  await connections.return();
  assert.equal(socket.closed, 1);
  assert.equal(socket.connections.stopped, 1);
  // One that comes too late is not kept.
  const late = Shim.create('ipv4');
  socket.connections.put(late);
  assert.deepEqual(await next, { done: true, value: undefined });
  assert.equal(late.closed, 1);
});

test('a socket that does not listen, or no longer, is closed at once', async () => {
  const plain = TcpSocket.create('ipv4');
  plain[DISPOSE]();
  assert.equal(plain.closed, 1);
  const socket = TcpSocket.create('ipv4');
  await socket.listen().return();
  assert.equal(socket.closed, 0);
  socket[DISPOSE]();
  assert.equal(socket.closed, 1);
});
