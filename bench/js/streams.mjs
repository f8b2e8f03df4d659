// Streams between a component and JavaScript, beside glue written by hand for the same core modules, in one run.
//
//   cargo run --release -p tenon-gen-js --example package -- bench/js/streams.wat OUT/streams
//   node bench/js/streams.mjs OUT
//
// `cargo xtask bench js` does that, under each Node, and makes OUT/go of bench/async/go/test, with WASI's packages beside it.
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { onceLater, report } from './report.mjs';

const out = resolve(process.argv[2] ?? '.');
const load = (path) => import(pathToFileURL(join(out, path)));
const MiB = 2 ** 20;
const KiB = 2 ** 10;

/** By hand: what one would write for exactly this component, which has one stream at a time, and checks nothing. */
function byHand() {
  const compile = (path) => new WebAssembly.Module(readFileSync(join(out, 'streams', path)));
  const { exports: libc } = new WebAssembly.Instance(compile('streams.core.wasm'));
  const bytes = new Uint8Array(libc.memory.buffer);
  const [WRITER, READER, BLOCKED, WRITTEN, READ] = [1, 2, -1, 3, 2];
  const tell = (callback, code, status) => void Promise.resolve().then(() => callback(code, 0, status));
  let done;
  // What the component writes, and who waits for that.
  let written;
  let wanted;
  let closed;
  const give = () => {
    if (closed) return wanted?.();
    if (written === undefined || wanted === undefined) return;
    const [[ptr, n, size], take] = [written, wanted];
    written = wanted = undefined;
    take(bytes.slice(ptr, ptr + n * size));
    tell(core.wrote, WRITTEN, n << 4);
  };
  const want = (take) => {
    wanted = take;
    give();
  };
  const write = (size) => (_, ptr, n) => {
    written = [ptr, n, size];
    give();
    return BLOCKED;
  };
  const close = () => {
    closed = true;
    give();
  };
  const ends = () => {
    closed = false;
    wanted = undefined;
    return (BigInt(WRITER) << 32n) | BigInt(READER);
  };
  const returned = () => done();
  // Where the component reads from.
  let source;
  const read = (_, ptr, length) => {
    source.next().then(({ done, value }) => {
      if (done) return core.took(READ, 0, 1);
      bytes.set(value, ptr);
      core.took(READ, 0, value.length << 4);
    });
    return BLOCKED;
  };
  const { exports: core } = new WebAssembly.Instance(compile('streams.core2.wasm'), {
    libc,
    host: {
      'new-set': () => 1,
      'drop-set': () => undefined,
      join: () => undefined,
      'new-bytes': ends,
      'new-numbers': ends,
      'new-pairs': ends,
      'return-bytes': returned,
      'return-numbers': returned,
      'return-pairs': returned,
      'return-count': (count) => done(count),
      'write-bytes': write(1),
      'write-numbers': write(4),
      'write-pairs': write(16),
      'close-bytes': close,
      'close-numbers': close,
      'close-pairs': close,
      read,
      drop: () => undefined,
    },
  });
  const begin = (f) => new Promise((resolve) => { done = resolve; f(); });
  const chunks = async function* (lift) {
    for (;;) {
      const chunk = await new Promise(want);
      if (chunk === undefined) return;
      yield lift(chunk);
    }
  };
  const pairs = ({ buffer, length }) => {
    const view = new DataView(buffer);
    return Array.from({ length: length / 16 }, (_, i) => [view.getUint32(i * 16, true), view.getFloat64(i * 16 + 8, true)]);
  };
  return {
    async bytes(total, chunk) {
      await begin(() => core.bytes(total, chunk));
      return new ReadableStream({
        type: 'bytes',
        pull: (controller) => new Promise((resolve) => {
          want((chunk) => {
            if (chunk !== undefined) {
              controller.enqueue(chunk);
            } else {
              controller.close();
              controller.byobRequest?.respond(0);
            }
            resolve();
          });
        }),
      });
    },
    async numbers(total, chunk) {
      await begin(() => core.numbers(total, chunk));
      return { chunks: () => chunks(({ buffer }) => new Uint32Array(buffer)) };
    },
    async pairs(total, chunk) {
      await begin(() => core.pairs(total, chunk));
      return { chunks: () => chunks(pairs) };
    },
    take(data, chunk) {
      source = data;
      return begin(() => core.take(READER, chunk));
    },
  };
}

/** MiB in a second: the best of several rounds, of each in turn. */
async function rates(total, ...works) {
  const best = works.map(() => Infinity);
  for (let round = 0; round < 8; round++) {
    for (const [i, work] of works.entries()) best[i] = Math.min(best[i], await onceLater(() => work(total)));
  }
  return best.map((ns) => total / MiB / (ns / 1e9));
}

function agree(is, should) {
  if (is !== should) throw new Error(`${is} bytes, and not ${should}`);
}

/** What a loop over the chunks of a stream takes. */
const reading = (name, guest, chunk, size = 1) => async (total) => {
  const stream = await guest[name](BigInt(total / size), chunk / size);
  let n = 0;
  for await (const piece of stream.chunks?.() ?? stream) n += piece.length * size;
  agree(n, total);
};

/** What a reader takes that brings its own memory. */
const readingInto = (guest, chunk, size) => async (total) => {
  const reader = (await guest.bytes(BigInt(total), chunk)).getReader({ mode: 'byob' });
  let n = 0;
  for (let memory = new ArrayBuffer(size); ; ) {
    const { done, value } = await reader.read(new Uint8Array(memory));
    if (done) break;
    n += value.length;
    memory = value.buffer;
  }
  agree(n, total);
};

/** What it takes to write the same chunk again and again. */
const writing = (guest, chunk) => async (total) => {
  const data = new Uint8Array(chunk);
  const source = (async function* () {
    for (let n = 0; n < total; n += chunk) yield data;
  })();
  agree(Number(await guest.take(source, 64 * KiB)), total);
};

const tenon = await (await load('streams/instantiate.js')).instantiate({});
const hand = byHand();
const both = async (name, total, work) => report(name, 'MiB/s', ...(await rates(total, work(tenon), work(hand))));
for (const [label, chunk, total] of [['64 KiB', 64 * KiB, 128 * MiB], ['1 KiB', KiB, 16 * MiB]]) {
  await both(`stream<u8> to the host, ${label}`, total, (guest) => reading('bytes', guest, chunk));
  await both(`stream<u8> to the host, ${label}, BYOB`, total, (guest) => readingInto(guest, chunk, 64 * KiB));
  await both(`stream<u8> from the host, ${label}`, total, (guest) => writing(guest, chunk));
}
await both('stream<u32> to the host, 64 KiB', 128 * MiB, (guest) => reading('numbers', guest, 64 * KiB, 4));
await both('stream<tuple<u32, f64>> to the host, 64 KiB', 32 * MiB, (guest) => reading('pairs', guest, 64 * KiB, 16));

if (existsSync(join(out, 'go'))) {
  const { api } = await load('go/index.js');
  const go = { bytes: api.bytes, numbers: (total, chunk) => api.numbers(total * 4n, chunk * 4) };
  const one = async (name, total, work) => report(name, 'MiB/s', ...(await rates(total, work)));
  await one('Go: stream<u8> to the host, 64 KiB', 128 * MiB, reading('bytes', go, 64 * KiB));
  await one('Go: stream<u8> to the host, 1 KiB', 32 * MiB, reading('bytes', go, KiB));
  await one('Go: stream<u8> to the host, 64 KiB, BYOB', 128 * MiB, readingInto(go, 64 * KiB, 64 * KiB));
  await one('Go: stream<u32> to the host, 64 KiB', 128 * MiB, reading('numbers', go, 64 * KiB, 4));
}
process.exit(0);
