// Files of WASI 0.3 in the page's memory: the program says what it says under `tenon run`, but for times, which these have not.
import { _setArgs, _setStdout } from '@bytecodealliance/preview2-shim/cli';
import { _setPreopens } from '@bytecodealliance/preview2-shim/filesystem';
import expected from './expected.txt?raw';

export async function files() {
  _setPreopens({ '/data': { dir: {} } });
  _setArgs(['beyond', 'files']);
  let said = '';
  const decoder = new TextDecoder();
  _setStdout({ write: (bytes) => void (said += decoder.decode(bytes, { stream: true })), blockingFlush: () => undefined });
  // Programs look at files and arguments when they begin.
  const { run } = await import('./beyond/index.js');
  await run.run();
  const timeless = (text) => text.split('\n').filter((line) => !/^(times|now) /.test(line)).join('\n');
  if (timeless(said) !== timeless(expected)) throw new Error(`files: it said\n${said}`);
}
