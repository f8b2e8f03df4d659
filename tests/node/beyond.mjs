// A command with the folder that it is run in as /data, and the whole network: node beyond.mjs ARGUMENT
import { _setEnv } from '@bytecodealliance/preview2-shim/cli';
import { _setPreopens } from '@bytecodealliance/preview2-shim/filesystem';

_setEnv({});
_setPreopens({ '/data': process.cwd() });
const { run } = await import('./beyond/index.js');
await run.run();
