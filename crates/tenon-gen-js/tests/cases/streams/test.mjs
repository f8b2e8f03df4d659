import assert from 'node:assert/strict';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [dir, how] = process.argv.slice(2);
const package_ = await import(pathToFileURL(join(dir, how === 'Import' ? 'instantiate.js' : 'index.js')));
const component = await package_.instantiate({});
const turn = () => new Promise(setImmediate);
const ENDED = 2;
const GONE = 3;

/** Byte i of all that the component writes is i & 255. */
function check(bytes, at) {
  for (let i = 0; i < bytes.length; i++) if (bytes[i] !== ((at + i) & 255)) assert.fail(`byte ${at + i} is ${bytes[i]}`);
  return at + bytes.length;
}

async function all(chunks) {
  let at = 0;
  const sizes = [];
  for await (const chunk of chunks) {
    assert.ok(chunk instanceof Uint8Array && chunk.length > 0);
    at = check(chunk, at);
    sizes.push(chunk.length);
  }
  return { total: at, sizes };
}

/** What a reader that brings its own memory gets. */
async function* own(stream, size) {
  const reader = stream.getReader({ mode: 'byob' });
  let memory = new ArrayBuffer(size);
  for (;;) {
    const { done, value } = await reader.read(new Uint8Array(memory));
    if (done) return;
    assert.equal(value.buffer.byteLength, size);
    yield value;
    memory = value.buffer;
  }
}

// All bytes come, in order, whatever the sizes are, and whoever is first.
for (const total of [0, 1, 1000, 70_000, 3_000_000]) {
  for (const chunk of [1, 100, 4096, 20_000, 2 ** 20].filter((chunk) => total / chunk < 10_000)) {
    for (const pause of total / chunk < 100 ? [false, true] : [false]) {
      assert.equal((await all(await component.bytes(BigInt(total), chunk, pause, false))).total, total);
      assert.equal(component.state(), ENDED);
      for (const size of [7, 5000, 2 ** 17].filter((size) => total / size < 10_000)) {
        assert.equal((await all(own(await component.bytes(BigInt(total), chunk, pause, false), size))).total, total);
      }
    }
  }
}

// Small pieces come together as long as the component does not stop; large ones are as they were; memory that a reader brings is filled.
assert.deepEqual((await all(await component.bytes(100_000n, 10, false, false))).sizes, [65_536, 34_464]);
assert.deepEqual((await all(await component.bytes(100_000n, 40_000, false, false))).sizes, [40_000, 40_000, 20_000]);
assert.deepEqual((await all(own(await component.bytes(100_000n, 10, false, false), 30_000))).sizes, [30_000, 30_000, 30_000, 10_000]);
assert.deepEqual((await all(await component.bytes(30n, 10, true, false))).sizes, [10, 10, 10]);

// Nothing is read that nobody wants.
{
  const stream = await component.bytes(10_000_000n, 1000, false, false);
  const reader = stream.getReader();
  assert.equal(component.left(), 10_000_000n);
  for (let i = 1; i <= 3; i++) {
    assert.equal((await reader.read()).value.length, 65_536);
    for (let i = 0; i < 5; i++) await turn();
    assert.equal(component.left(), 10_000_000n - BigInt(i * 65_536));
  }
  await reader.cancel();
}

// Who reads goes away: before, between, and while a read waits; with what is written meanwhile.
{
  await (await component.bytes(10n, 10, false, false)).cancel();
  await turn();
  assert.equal(component.state(), GONE);

  for await (const chunk of await component.bytes(10_000_000n, 1000, false, false)) {
    check(chunk, 0);
    break;
  }
  await turn();
  assert.equal(component.state(), GONE);

  for (const options of [undefined, { mode: 'byob' }]) {
    for (const pause of [false, true]) {
      const stream = await component.bytes(10_000_000n, 1000, pause, false);
      const reader = stream.getReader(options);
      const view = () => (options === undefined ? undefined : new Uint8Array(100));
      check((await reader.read(view())).value, 0);
      const next = reader.read(view());
      await reader.cancel();
      assert.equal((await next).done, true);
      await turn();
      await turn();
      assert.equal(component.state(), GONE);
    }
  }
}

// Several reads at once are answered in order, and a reader may take over from another whose read still waits.
{
  const stream = await component.bytes(50_000n, 20_000, true, false);
  const reader = stream.getReader();
  const reads = await Promise.all([reader.read(), reader.read(), reader.read(), reader.read()]);
  assert.deepEqual(reads.map(({ value }) => value?.length), [20_000, 20_000, 10_000, undefined]);
  reads.slice(0, 3).reduce((at, { value }) => check(value, at), 0);

  for (const modes of [[undefined, { mode: 'byob' }], [{ mode: 'byob' }, undefined]]) {
    const stream = await component.bytes(50_000n, 100, true, false);
    const [first, second] = modes.map((options) => (options === undefined ? undefined : new Uint8Array(1000)));
    const left = stream.getReader(modes[0]);
    const waiting = left.read(first).catch(() => undefined);
    left.releaseLock();
    const right = stream.getReader(modes[1]);
    check((await right.read(second)).value, 0);
    assert.equal(await waiting, undefined);
    await right.cancel();
    await turn();
    await turn();
    assert.equal(component.state(), GONE);
  }
}

// A stream goes into another component: as it is, or the rest of it, without what was read.
{
  const other = await package_.instantiate({});
  const bytes = () => other.bytes(100_000n, 1000, false, false);
  assert.equal(await component.take(await bytes(), 777, 1_000_000n, false), 100_000n);
  assert.equal(await component.take(await bytes(), 5, 10n, false), 10n);
  await turn();
  assert.equal(other.state(), GONE);

  const begun = await bytes();
  const reader = begun.getReader({ mode: 'byob' });
  assert.equal((await reader.read(new Uint8Array(256))).value.length, 256);
  reader.releaseLock();
  assert.equal(await component.take(begun, 777, 1_000_000n, false), 100_000n - 256n);
}

// The component traps while a read waits, and while nobody reads.
for (const options of [undefined, { mode: 'byob' }]) {
  const broken = await package_.instantiate({});
  const reader = (await broken.bytes(1000n, 100, true, true)).getReader(options);
  const view = () => (options === undefined ? undefined : new Uint8Array(100));
  for (let at = 0; at < 1000; ) at = check((await reader.read(view())).value, at);
  await assert.rejects(reader.read(view()), { name: 'RuntimeError', message: /unreachable/ });
  await assert.rejects(reader.read(view()), { name: 'RuntimeError' });
}

// A synchronous call that traps ends those that wait, and lets go of what they read.
{
  const broken = await package_.instantiate({});
  let cancelled;
  const call = broken.take(new ReadableStream({ cancel: () => (cancelled = true) }), 5, 5n, false);
  let reason;
  assert.throws(() => { try { broken.trap(); } catch (e) { throw (reason = e); } }, { name: 'RuntimeError', message: 'unreachable' });
  await assert.rejects(call, (e) => e === reason);
  assert.equal(cancelled, true);
  assert.throws(() => broken.trap(), { name: 'Trap', message: /^trap: cannot enter/, cause: reason });
}

// Whatever bytes may come from gives all of them, and no more than the component wants.
const pattern = (at, n) => Uint8Array.from({ length: n }, (_, i) => (at + i) & 255);
function* pieces(total, size, log = []) {
  try {
    for (let at = 0; at < total; at += size) yield pattern(at, Math.min(size, total - at));
    log.push('end');
  } finally {
    log.push('closed');
  }
}
async function* later(total, size, log) {
  for (const piece of pieces(total, size, log)) {
    await null;
    yield piece;
  }
}
const sources = {
  bytes: (total) => pattern(0, total),
  array: (total, size) => [...pieces(total, size)],
  generator: pieces,
  later,
  stream: (total, size, log) => ReadableStream.from(later(total, size, log)),
  byteStream(total, size, log) {
    const source = pieces(total, size, log);
    return new ReadableStream({
      type: 'bytes',
      pull(controller) {
        const { done, value } = source.next();
        if (!done) return controller.enqueue(value);
        controller.close();
        controller.byobRequest?.respond(0);
      },
      cancel: () => void source.return(),
    });
  },
};
for (const [name, source] of Object.entries(sources)) {
  for (const [total, size, chunk] of [[0, 10, 10], [10, 10, 10], [100_000, 64, 4096], [100_000, 70_000, 333], [300_000, 4096, 2 ** 20]]) {
    assert.equal(await component.take(source(total, size), chunk, 1_000_000n, false), BigInt(total), name);
  }
  if (name === 'bytes' || name === 'array') continue;
  const log = [];
  assert.equal(await component.take(source(100_000, 64, log), 100, 1000n, false), 1000n, name);
  await turn();
  assert.deepEqual(log, ['closed'], name);
}
{
  let taken = 0;
  const endless = (function* () {
    for (;;) yield pattern(10 * taken++, 10);
  })();
  assert.equal(await component.take(endless, 25, 75n, false), 75n);
  assert.equal(taken, 8);
}

// A component that traps lets go of what it reads.
for (const [name, source] of Object.entries(sources)) {
  if (name === 'bytes' || name === 'array') continue;
  const log = [];
  const broken = await package_.instantiate({});
  await assert.rejects(broken.take(source(100_000, 64, log), 100, 1000n, true), { name: 'RuntimeError' });
  await turn();
  assert.deepEqual(log, ['closed'], name);
}

// A source that breaks, and one that gives something else, end the calls of the component.
async function* failing() {
  yield pattern(0, 10);
  throw new Error('no more bytes');
}
for (const [source, error] of [
  [failing(), { message: 'no more bytes' }],
  [ReadableStream.from(failing()), { message: 'no more bytes' }],
  [{ [Symbol.iterator]: () => { throw new Error('no bytes'); } }, { message: 'no bytes' }],
  [['text'], { name: 'TypeError', message: 'take: data: stream<u8>: expected pieces that are a Uint8Array, got "text"' }],
  [[new DataView(new ArrayBuffer(8))], { name: 'TypeError' }],
  [[[1, 256]], { name: 'TypeError', message: 'take: data: stream<u8>: [1]: expected u8, got 256' }],
]) {
  const broken = await package_.instantiate({});
  let reason;
  await assert.rejects(broken.take(source, 5, 100n, false).catch((e) => { throw (reason = e); }), error);
  await assert.rejects(broken.bytes(1n, 1, false, false), { name: 'Trap', message: /^bytes: cannot enter/, cause: reason });
  assert.throws(() => broken.left(), { name: 'Trap', message: /take: data: stream<u8> /, cause: reason });
}

// What is refused at once leaves the component as it was.
{
  const locked = new ReadableStream();
  locked.getReader();
  await assert.rejects(component.take(locked, 5, 5n, false), {
    name: 'TypeError',
    message: 'take: data: expected a stream<u8> that nobody reads, got a value of class ReadableStream',
  });
  await assert.rejects(component.take(7, 5, 5n, false), { name: 'TypeError', message: 'take: data: expected stream<u8>, got 7' });
  assert.equal(await component.take(pattern(0, 5), 5, 5n, false), 5n);
}

// One that breaks when it is closed, because nobody reads any more, does not.
{
  const source = {
    [Symbol.asyncIterator]: () => ({
      next: async () => ({ done: false, value: pattern(0, 10) }),
      return: async () => Promise.reject(new Error('not closed')),
    }),
  };
  assert.equal(await component.take(source, 5, 5n, false), 5n);
  await turn();
}

// Other elements: one by one, in the pieces in which they come, and no more than somebody wants.
{
  const count = async (values) => {
    let n = 0;
    for await (const _ of values) n++;
    return n;
  };
  assert.equal(await count(await component.numbers(1000n, 100, false, false)), 1000);
  assert.equal(await count((await component.numbers(1000n, 100, false, false)).chunks()), 10);
  assert.equal(await count((await component.numbers(1000n, 100, true, false)).chunks(30)), 34);
  const numbers = await component.numbers(1000n, 100, false, false);
  assert.deepEqual([...(await numbers.read(2))], [0x03020100, 0x07060504]);
  assert.equal((await numbers.read()).length, 100);
  numbers.close();
  await turn();
  assert.equal(component.state(), GONE);
  assert.equal(await numbers.read(), undefined);

  // Reads at once are answered one after the other.
  for (const pause of [false, true]) {
    const numbers = await component.numbers(10n, 4, pause, false);
    const lengths = [3, 1, 3, 3, undefined];
    const reads = lengths.map(() => numbers.read(3));
    assert.deepEqual((await Promise.all(reads)).map((values) => values?.length), lengths);
  }
  {
    const broken = await package_.instantiate({});
    const numbers = await broken.numbers(1n, 1, true, true);
    const [first, ...others] = [numbers.read(), numbers.read(), numbers.read()];
    assert.equal((await first).length, 1);
    for (const other of others) await assert.rejects(other, { name: 'RuntimeError' });
  }

  const pairs = await component.pairs(250n, 100, false, false);
  const [[first, second]] = await pairs.read(1);
  assert.equal(first, 0x03020100);
  assert.equal(typeof second, 'number');
  assert.equal(await count(pairs), 249);
}
