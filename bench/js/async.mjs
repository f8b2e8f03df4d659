// An asynchronous export that waits for an asynchronous import, beside the smallest scheduler that can do that, in one run.
//
//   tenon host js --bundle bench/js/async.wat -o OUT/async
//   node bench/js/async.mjs OUT
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const out = resolve(process.argv[2] ?? '.');
const sleep = async (n) => n + 1;
const { instantiate } = await import(pathToFileURL(join(out, 'async/instantiate.js')));
const { run } = await instantiate({ sleep });

/** By hand: what one would write for exactly this component, which checks nothing. */
function byHand() {
  const compile = (path) => new WebAssembly.Module(readFileSync(join(out, 'async', path)));
  const { exports: libc } = new WebAssembly.Instance(compile('async.core.wasm'));
  const view = new DataView(libc.memory.buffer);
  const sets = [undefined];
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
      new: () => sets.push([]) - 1,
      join: (index, set) => (set === 0 ? waiting.delete(index) : waiting.set(index, current)),
      drop: () => undefined,
    },
  });
  return (n) => new Promise((resolve) => { current = resolve; core.run(n); });
}

async function time(f, calls, rounds) {
  let best = Infinity;
  for (let round = 0; round < rounds; round++) {
    const start = process.hrtime.bigint();
    for (let i = 0; i < calls; i++) if ((await f(i & 255)) !== (i & 255) + 1) throw new Error('not what was sent');
    best = Math.min(best, Number(process.hrtime.bigint() - start) / calls);
  }
  return best;
}

// The one by hand counts its subtasks, and has room for a thousand: each round has another.
let small = Infinity;
for (let i = 0; i < 100; i++) small = Math.min(small, await time(byHand(), 900, 1));
const tenon = await time(run, 900, 100);
console.log(`${process.version}  async export with async import: ${tenon.toFixed(0)} ns, by hand ${small.toFixed(0)} ns, × ${(tenon / small).toFixed(2)}`);
