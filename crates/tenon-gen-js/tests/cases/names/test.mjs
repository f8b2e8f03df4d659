import assert from 'node:assert/strict';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [dir, how] = process.argv.slice(2);
const module = await import(pathToFileURL(join(dir, 'index.js')));
const { places } = how === 'Import' ? module : await module.instantiate();

assert.equal(places.Map.name, 'Map');
const map = new places.Map(7);
assert.equal(map.get(), 7);
assert.equal(places.delete(map), 1);
assert.throws(() => map.get(), { name: 'TypeError' });
assert.throws(() => new places.Map('7'), { name: 'TypeError', message: /^new places.Map: delete: expected u32, got "7"$/ });
assert.throws(() => places.delete(new Map()), { name: 'TypeError', message: /expected map, got a value of class Map/ });
try {
  map.get();
} catch (e) {
  assert.match(e.stack, /at Map\.get /);
}
