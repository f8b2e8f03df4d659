import assert from 'node:assert/strict';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [dir, how] = process.argv.slice(2);
const module = await import(pathToFileURL(join(dir, 'index.js')));
const { places } = how === 'Import' ? module : await module.instantiate();

const map = new places.Map(7);
assert.equal(map.get(), 7);
assert.equal(places.delete(map), 1);
assert.throws(() => map.get(), { name: 'TypeError' });
