import assert from 'node:assert/strict';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [dir] = process.argv.slice(2);
const { instantiate } = await import(pathToFileURL(join(dir, 'index.js')));
const logged = [];
let say = (s) => `${s}, ${s}`;
const make = () => instantiate({ log: (x) => logged.push(x), say: (s) => say(s) });
let component = await make();

for (const text of ['', 'hello', 'grüße, 世界 🎈', 'x'.repeat(20_000)]) assert.equal(component.echo(text), text);
assert.equal(component.say('hey'), 'hey, hey');
assert.deepEqual(component.echoList(Int32Array.of(1, -2, 3)), Int32Array.of(1, -2, 3));
assert.deepEqual(component.echoList([4, 5]), Int32Array.of(4, 5));
component.many(3);
component.log(4_294_967_295);
assert.deepEqual(logged, [3, 2, 1, 4_294_967_295]);

// A wrong argument is the caller's mistake: the component is as it was.
assert.throws(() => component.echo(5), { name: 'TypeError', message: 'echo: s: expected string, got 5' });
assert.throws(() => component.echoList([1.5]), { name: 'TypeError', message: /^echoList: s\[0\]: expected s32, got 1.5$/ });
assert.equal(component.echo('still there'), 'still there');

// A wrong result of an import is a mistake in the host, and what the component would do with it is unknown.
say = () => 5;
assert.throws(() => component.say('x'), { name: 'TypeError', message: 'say: expected string, got 5' });
assert.throws(() => component.echo('x'), { name: 'Trap', message: /^echo: cannot enter the component: say/ });

// An import may not call what calls it.
component = await make();
say = (s) => component.echo(s);
assert.throws(() => component.say('x'), { name: 'Trap', message: /cannot enter/ });

// Imports must be there.
await assert.rejects(async () => instantiate(), { name: 'TypeError', message: 'missing import: log' });
await assert.rejects(async () => instantiate({ log() {} }), { message: 'missing import: say' });
