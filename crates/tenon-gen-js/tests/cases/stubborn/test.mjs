import assert from 'node:assert/strict';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [dir, how] = process.argv.slice(2);
const package_ = await import(pathToFileURL(join(dir, 'index.js')));
const component = how === 'Import' ? package_ : await package_.instantiate();
const CANCELLED_BEFORE_RETURNED = 4;

// Nobody can wait here without suspending a stack, so the caller goes on, and so does whoever was called.
assert.equal(await component.cancel(), CANCELLED_BEFORE_RETURNED);
assert.equal(component.returned(), 0);
while (component.returned() === 0) await new Promise(setImmediate);

// The result that nobody waited for is nowhere.
assert.equal(component.result(), 0);
assert.equal(await component.cancel(), CANCELLED_BEFORE_RETURNED);
