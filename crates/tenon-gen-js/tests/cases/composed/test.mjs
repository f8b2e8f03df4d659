import assert from 'node:assert/strict';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [dir, how] = process.argv.slice(2);
const package_ = await import(pathToFileURL(join(dir, 'index.js')));
const component = how === 'Import' ? package_ : await package_.instantiate();

assert.equal(component.now(1), 2);
assert.equal(await component.both(1), 4);
assert.deepEqual(await Promise.all([component.both(2), component.both(3)]), [5, 6]);
assert.equal(component.now(5), 6);

// A synchronous call may not wait, so it cannot call what might.
assert.throws(() => component.later(1), { name: 'Trap', message: /^later: .*synchronous/ });
assert.throws(() => component.now(1), { name: 'Trap', message: /cannot enter the component: later/ });
