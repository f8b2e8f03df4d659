import assert from 'node:assert/strict';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [dir, how] = process.argv.slice(2);
const module = await import(pathToFileURL(join(dir, 'index.js')));
const { add } = how === 'Import' ? module : await module.instantiate();
assert.equal(add(2, 3), 5);
assert.equal(add(2 ** 31 - 1, 1), -(2 ** 31));
assert.throws(() => add(1, 2.5), { name: 'TypeError', message: 'add: b: expected s32, got 2.5' });
assert.throws(() => add(2 ** 31, 0), { name: 'TypeError' });
