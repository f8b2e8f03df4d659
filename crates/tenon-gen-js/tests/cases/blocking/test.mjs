import assert from 'node:assert/strict';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [dir] = process.argv.slice(2);
const { instantiate } = await import(pathToFileURL(join(dir, 'index.js')));

// An import that is done at once never suspends the stack.
let component = await instantiate({ sleep: (n) => n * 2 });
assert.equal(await component.run(3), 8);

component = await instantiate({ sleep: (n) => new Promise((resolve) => setTimeout(() => resolve(n * 2), 1)) });
if (WebAssembly.Suspending === undefined) {
  await assert.rejects(component.run(3), { name: 'Trap', message: /sleep has to wait, and this engine cannot suspend/ });
} else {
  assert.equal(await component.run(3), 8);
  assert.deepEqual(await Promise.all([component.run(1), component.run(2), component.run(3)]), [4, 6, 8]);
}
