// The example as a command that sees the folder it is run in, and nothing else: node wordcount.mjs FILE…
import { _setEnv } from '@bytecodealliance/preview2-shim/cli';
import { _setPreopens } from '@bytecodealliance/preview2-shim/filesystem';

// Programs look once, when they begin.
_setEnv({});
_setPreopens({ '/': process.cwd() });
const { run } = await import('./wordcount/index.js');
await run.run();
