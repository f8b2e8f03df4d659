// Calls an export before _initialize. All that the module has of WASI is standard error.
import { readFile } from 'node:fs/promises';

const module = await WebAssembly.compile(await readFile(process.argv[2]));
const imports = {};
for (const { module: from, name } of WebAssembly.Module.imports(module)) {
  (imports[from] ??= {})[name] = () => {
    throw new Error(`${name} was called`);
  };
}
let memory;
imports.wasi_snapshot_preview1.fd_write = (fd, iovecs, count, written) => {
  const view = new DataView(memory.buffer);
  let total = 0;
  for (let i = 0; i < count; i++) {
    const address = view.getUint32(iovecs + 8 * i, true);
    const length = view.getUint32(iovecs + 8 * i + 4, true);
    process[fd === 2 ? 'stderr' : 'stdout'].write(new Uint8Array(memory.buffer, address, length));
    total += length;
  }
  view.setUint32(written, total, true);
  return 0;
};
const { exports } = await WebAssembly.instantiate(module, imports);
memory = exports.memory;
try {
  exports.process_a(1);
  console.log('it went on');
} catch (error) {
  console.log('trapped:', error.constructor.name);
}
