// Instantiates packages with imports that are there and do nothing: node worlds.mjs NAME...

/** A class or a function, with members of the same kind, whatever they are called. */
function anything() {
  const members = {};
  const get = (target, name) => (name === 'prototype' ? target.prototype : (members[name] ??= anything()));
  return new Proxy(class {}, { get });
}
/** Interfaces and functions by any name. */
const imports = new Proxy({}, { get: (all, name) => (all[name] ??= anything()), has: () => true });

for (const name of process.argv.slice(2)) {
  try {
    const { instantiate } = await import(`./${name}/instantiate.js`);
    const exports = await instantiate(imports);
    if (typeof exports !== 'object') throw new Error(`instantiate gave ${exports}`);
  } catch (e) {
    console.log(`${name}: ${e?.stack ?? e}`);
  }
}
