// Resources that the world itself imports are classes beside its functions.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const dir = process.argv[2];
const { instantiate } = await import(pathToFileURL(join(dir, 'index.js')));

const log = [];
class Counter {
  static count = 0;
  constructor(start) {
    this.number = ++Counter.count;
    this.value = start;
  }
  static made() {
    return Counter.count;
  }
  add(n) {
    return (this.value += n);
  }
  [Symbol.dispose]() {
    log.push(`counter ${this.number} is gone`);
  }
}

const { run, use } = await instantiate({ Counter, add: (n) => (log.push(`add ${n}`), n * 2) });
assert.equal(run(5, 2), 1014);
assert.equal(run(1, 1), 2004);
assert.deepEqual(log, ['add 7', 'counter 1 is gone', 'add 2', 'counter 2 is gone']);

// An object needs no class, only the methods.
assert.equal(use({ add: (n) => n + 41 }), 42);

const add = (n) => n;
const make = async (imports) => instantiate(imports);
await assert.rejects(make({ add }), { name: 'TypeError', message: 'missing import: Counter' });
await assert.rejects(make({ Counter }), { name: 'TypeError', message: 'missing import: add' });

const types = join(dir, 'instantiate.d.ts');
if (process.argv[3] === 'Async') {
  const text = readFileSync(types, 'utf8');
  assert.match(text, /export interface Counter \{\n {2}add\(n: number\): number;\n {2}\[Symbol\.dispose\]\?\(\): void;\n\}/);
  assert.match(text, /Counter: \{\n {4}new \(start: number\): Counter;\n {4}made\(\): number;\n {2}\};/);
}
