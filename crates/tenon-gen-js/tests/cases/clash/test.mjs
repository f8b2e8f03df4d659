// A function keeps its name, and an interface that ends in the same one has another.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [dir, how] = process.argv.slice(2);
const module = await import(pathToFileURL(join(dir, 'index.js')));
const { name, name2 } = how === 'Import' ? module : await module.instantiate();
assert.equal(name(), 1);
assert.equal(name2.get(), 2);
