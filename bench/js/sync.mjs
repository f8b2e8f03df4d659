// Synchronous calls through a generated package, beside glue written by hand for the same core modules, in one run.
//
//   tenon host js --bundle bench/js/add.wat -o OUT/add && tenon host js --bundle bench/js/sync.wat -o OUT/sync
//   node bench/js/sync.mjs OUT
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const out = resolve(process.argv[2] ?? '.');
const load = (path) => import(pathToFileURL(join(out, path)));
const compile = (path) => new WebAssembly.Module(readFileSync(join(out, path)));

/** Nanoseconds for each call: the best of several rounds. */
function time(f, calls) {
  for (let i = 0; i < 5; i++) f(calls / 5);
  let best = Infinity;
  for (let i = 0; i < 12; i++) {
    const start = process.hrtime.bigint();
    f(calls);
    best = Math.min(best, Number(process.hrtime.bigint() - start) / calls);
  }
  return best;
}

function report(name, tenon, hand) {
  console.log(`${name.padEnd(34)} ${tenon.toFixed(1).padStart(9)} ns ${hand.toFixed(1).padStart(9)} ns  × ${(tenon / hand).toFixed(2)}`);
}

const { add } = await load('add/index.js');
const rawAdd = new WebAssembly.Instance(compile('add/add.core.wasm')).exports.add;
console.log(`${process.version}${' '.repeat(31)}package      by hand`);
report(
  'add(s32, s32)',
  time((n) => { let x = 0; for (let i = 0; i < n; i++) x = add(x, i & 7); return x; }, 2e6),
  time((n) => { let x = 0; for (let i = 0; i < n; i++) x = rawAdd(x, i & 7); return x; }, 2e6),
);

let logged = 0;
const imports = { log: (x) => { logged += x; }, say: (s) => s };
const { instantiate } = await load('sync/instantiate.js');
const tenon = await instantiate(imports);

// The same by hand: what one would write for exactly these functions.
const { exports: libc } = new WebAssembly.Instance(compile('sync/sync.core.wasm'));
const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });
let bytes = new Uint8Array(libc.memory.buffer);
let view = new DataView(libc.memory.buffer);
const fresh = () => {
  if (bytes.length === 0) {
    bytes = new Uint8Array(libc.memory.buffer);
    view = new DataView(libc.memory.buffer);
  }
};
const lower = (s) => {
  const text = encoder.encode(s);
  const ptr = libc.realloc(0, 0, 1, text.length);
  fresh();
  bytes.set(text, ptr);
  return [ptr, text.length];
};
const { exports: core } = new WebAssembly.Instance(compile('sync/sync.core2.wasm'), {
  libc,
  host: {
    log: (x) => { logged += x; },
    say: (ptr, len, to) => {
      const [p, n] = lower(decoder.decode(bytes.subarray(ptr, ptr + len)));
      view.setUint32(to, p, true);
      view.setUint32(to + 4, n, true);
    },
  },
});
const handEcho = (s) => {
  const [ptr, len] = lower(s);
  const ret = core.echo(ptr, len);
  fresh();
  const from = view.getUint32(ret, true);
  const result = decoder.decode(bytes.subarray(from, from + view.getUint32(ret + 4, true)));
  core.post(ret);
  return result;
};
const handList = (list) => {
  const ptr = libc.realloc(0, 0, 4, list.length * 4);
  fresh();
  new Int32Array(libc.memory.buffer, ptr, list.length).set(list);
  const ret = core.echo(ptr, list.length);
  fresh();
  return new Int32Array(libc.memory.buffer, view.getUint32(ret, true), view.getUint32(ret + 4, true)).slice();
};

for (const s of ['hello world', 'grüße, 世界', 'x'.repeat(1000), 'ü'.repeat(500)]) {
  if (tenon.echo(s) !== s || handEcho(s) !== s) throw new Error('not what was sent');
  report(
    `echo(string), ${s.length} units of '${s[0]}'`,
    time((n) => { let x = ''; for (let i = 0; i < n; i++) x = tenon.echo(s); return x; }, 1e5),
    time((n) => { let x = ''; for (let i = 0; i < n; i++) x = handEcho(s); return x; }, 1e5),
  );
}
const list = Int32Array.from({ length: 1000 }, (_, i) => i);
report(
  'echo-list(list<s32>), 1,000',
  time((n) => { let x; for (let i = 0; i < n; i++) x = tenon.echoList(list); return x; }, 5e4),
  time((n) => { let x; for (let i = 0; i < n; i++) x = handList(list); return x; }, 5e4),
);
report('import log(u32)', time((n) => tenon.many(n), 2e6), time((n) => core.many(n), 2e6));
