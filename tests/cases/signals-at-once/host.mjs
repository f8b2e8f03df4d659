import { readFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { WASI } from 'node:wasi';

const wasi = new WASI({ version: 'preview1' });
const module = await WebAssembly.compile(await readFile(process.argv[2]));
const instance = await WebAssembly.instantiate(module, wasi.getImportObject());
wasi.initialize(instance);
const { start, send, drain, has_fired } = instance.exports;

start();
console.log('sent before anybody received:', send(1) === 0);
send(2);
send(3);
console.log('drained:', drain());
while (!has_fired()) await setTimeout(5);
console.log('timers go on between calls:', has_fired() === 1);
