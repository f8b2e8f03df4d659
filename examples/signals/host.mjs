// A host for the plugin, on Node's own WASI: node --no-warnings host.mjs MODULE
import { readFile } from 'node:fs/promises';
import { WASI } from 'node:wasi';

const wasi = new WASI({ version: 'preview1' });
const module = await WebAssembly.compile(await readFile(process.argv[2]));
const instance = await WebAssembly.instantiate(module, wasi.getImportObject());

wasi.initialize(instance); // starts Go; must come before anything else
const { start, process_a, process_b, current } = instance.exports;

start();
console.log('process_a(1) was told', process_a(1));
console.log('process_b(20) was told', process_b(20));
console.log('process_a(300) was told', process_a(300));
console.log('current() is', current());
