// Synchronous calls through a generated package, beside glue written by hand for the same core modules, in one run.
//
//   cargo run --release -p tenon-gen-js --example package -- bench/js/add.wat OUT/add
//   cargo run --release -p tenon-gen-js --example package -- bench/js/sync.wat OUT/sync
//   node bench/js/sync.mjs OUT
//
// `cargo xtask bench js` does that, under each Node.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { once, report } from './report.mjs';

const out = resolve(process.argv[2] ?? '.');
const load = (path) => import(pathToFileURL(join(out, path)));
const compile = (path) => new WebAssembly.Module(readFileSync(join(out, path)));

/** Nanoseconds for each call, of the package and by hand: the best of several rounds, of each in turn. */
function both(name, calls, ...works) {
  const best = works.map(() => Infinity);
  for (const work of works) for (let i = 0; i < 5; i++) work(calls / 5);
  for (let i = 0; i < 12; i++) {
    for (const [i, work] of works.entries()) best[i] = Math.min(best[i], once(() => work(calls)) / calls);
  }
  report(name, 'ns', ...best);
}

const { add } = await load('add/index.js');
const rawAdd = new WebAssembly.Instance(compile('add/add.core.wasm')).exports.add;
both(
  'add(s32, s32)',
  2e6,
  (n) => { let x = 0; for (let i = 0; i < n; i++) x = add(x, i & 7); return x; },
  (n) => { let x = 0; for (let i = 0; i < n; i++) x = rawAdd(x, i & 7); return x; },
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
  both(
    `echo(string), ${s.length} units of '${s[0]}'`,
    1e5,
    (n) => { let x = ''; for (let i = 0; i < n; i++) x = tenon.echo(s); return x; },
    (n) => { let x = ''; for (let i = 0; i < n; i++) x = handEcho(s); return x; },
  );
}
const list = Int32Array.from({ length: 1000 }, (_, i) => i);
both(
  'echo-list(list<s32>), 1,000',
  5e4,
  (n) => { let x; for (let i = 0; i < n; i++) x = tenon.echoList(list); return x; },
  (n) => { let x; for (let i = 0; i < n; i++) x = handList(list); return x; },
);
both('import log(u32)', 2e6, (n) => tenon.many(n), (n) => core.many(n));
