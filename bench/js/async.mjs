// An asynchronous export that waits for an asynchronous import, beside the smallest scheduler that can do that, in one run.
//
//   cargo run --release -p tenon-gen-js --example package -- bench/js/async.wat OUT/async
//   node bench/js/async.mjs OUT
//
// `cargo xtask bench js` does that, under each Node.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { onceLater, report } from './report.mjs';

const out = resolve(process.argv[2] ?? '.');
const sleep = async (n) => n + 1;
const { instantiate } = await import(pathToFileURL(join(out, 'async/instantiate.js')));
const { run } = await instantiate({ sleep });

/** By hand: what one would write for exactly this component, which checks nothing. */
function byHand() {
  const compile = (path) => new WebAssembly.Module(readFileSync(join(out, 'async', path)));
  const { exports: libc } = new WebAssembly.Instance(compile('async.core.wasm'));
  const view = new DataView(libc.memory.buffer);
  let sets = 1;
  let next = 1;
  let current;
  const waiting = new Map();
  const resume = (task, index) => {
    current = task;
    core.callback(1, index, 2);
  };
  const { exports: core } = new WebAssembly.Instance(compile('async.core2.wasm'), {
    libc,
    host: {
      sleep(n, to) {
        const index = next++;
        sleep(n).then((value) => {
          view.setUint32(to, value, true);
          resume(waiting.get(index), index);
        });
        return 1 | (index << 4);
      },
      return: (value) => current(value),
      new: () => sets++,
      join: (index, set) => (set === 0 ? waiting.delete(index) : waiting.set(index, current)),
      drop: () => undefined,
      'drop-set': () => undefined,
    },
  });
  return (n) => new Promise((resolve) => { current = resolve; core.run(n); });
}

async function calls(f, n) {
  for (let i = 0; i < n; i++) if ((await f(i & 255)) !== (i & 255) + 1) throw new Error('not what was sent');
}

const CALLS = 900;
const time = async (f) => (await onceLater(() => calls(f, CALLS))) / CALLS;

// The one by hand counts its subtasks, and has room for a thousand: each round has another.
let [tenon, hand] = [Infinity, Infinity];
for (let i = 0; i < 100; i++) {
  hand = Math.min(hand, await time(byHand()));
  tenon = Math.min(tenon, await time(run));
}
report('async export with async import', 'ns', tenon, hand);
