// Does the steps of a script, in order: `node driver.mjs script.json`. Packages are in numbered folders beside the script. Each step
// gives one line of JSON: what came of it.
import { readFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { host } from './host.mjs';
import { differs, show, value } from './values.mjs';

const script = process.argv[2];
const steps = JSON.parse(readFileSync(script, 'utf8'));
const imports = host();
const instances = new Map();
/** Instances that had to do what this Node cannot. Nothing can be said of them after that. */
const broken = new WeakMap();
let last;

/** The step needs something that this Node does not have. */
class Unsupported extends Error {}

/** What a deadlock looks like from here: Node has nothing left to do, and a promise is still pending. */
class Deadlock extends Error {}

let stuck;
process.on('beforeExit', () => stuck?.(new Deadlock('deadlock: nothing is left that could end the call')));
let stray;
process.on('unhandledRejection', (error) => (stray = error));

/** What comes of a call, in whatever way. */
async function outcome(work) {
  try {
    const never = new Promise((_, reject) => (stuck = reject));
    return { value: await Promise.race([work(), never]) };
  } catch (error) {
    return { error };
  } finally {
    stuck = undefined;
  }
}

/** An engine says so when it cannot compile a module; the runtime says so when it cannot suspend one. */
function lacking(error) {
  return error instanceof WebAssembly.CompileError || /no JSPI/.test(error?.message);
}

/** Kinds of traps: if a script expects one of a kind, no other will do. */
const KINDS = [
  ['unreachable', /unreachable/],
  ['deadlock', /deadlock/],
  ['cannot make further progress', /deadlock/],
  ['cannot enter', /cannot enter|cannot be entered/],
  ['out of bounds', /out of bounds|beyond the memory/],
  ['unaligned', /align/],
  ['cannot leave', /cannot call .* while|cannot be left/],
  ['cannot block a synchronous', /synchronous/],
  ['integer divide by zero', /divide by zero/],
];

/** Kinds of what a program does by itself. */
const OWN = ['unreachable', 'deadlock', 'integer divide by zero'];

/** Why what was thrown is not the trap that was expected. */
function noTrap(error, expected) {
  if (!(error instanceof WebAssembly.RuntimeError || error instanceof Deadlock)) return `no trap but ${text(error)}`;
  const wanted = KINDS.filter(([name]) => expected.includes(name));
  const kinds = KINDS.filter(([, pattern]) => pattern.test(error.message));
  // Where none is expected, what a program does by itself is still wrong.
  const wrong =
    wanted.length > 0 ? !wanted.some((kind) => kinds.includes(kind)) : kinds.some(([name]) => OWN.includes(name));
  return wrong ? `another trap: ${text(error)}` : undefined;
}

function text(error) {
  return error instanceof Error ? `${error.name}: ${error.message}` : show(error);
}

/** Compares what came with what was expected; nothing if they agree. */
function judge({ value: got, error }, expect) {
  const failed = error !== undefined;
  if (failed && lacking(error)) throw new Unsupported(error.message);
  if (expect === 'success') return failed ? text(error) : undefined;
  if ('unlinkable' in Object(expect)) {
    if (!failed && expect.unlinkable !== 'was not found') {
      throw new Unsupported('it was instantiated: what JavaScript gives has no types, and is looked at when it is used');
    }
    if (!failed) return 'it was instantiated';
    return error instanceof TypeError || error instanceof WebAssembly.LinkError ? undefined : text(error);
  }
  if (expect === 'exhaustion') {
    return error instanceof RangeError ? undefined : failed ? text(error) : `it returned ${show(got)}`;
  }
  if ('trap' in expect) return failed ? noTrap(error, expect.trap) : `no trap: it returned ${show(got)}`;
  if ('payload' in expect) {
    if (!failed || !('payload' in error)) return failed ? text(error) : `no error: it returned ${show(got)}`;
    return differs(value(expect.payload), error.payload);
  }
  return failed ? text(error) : differs(value(expect.value), got);
}

/** Lets later components import what an instance exports. Core modules are looked for by the whole name. */
function offer(name, exports) {
  imports[name] = exports;
  for (const [key, value] of Object.entries(exports)) {
    if (value instanceof WebAssembly.Module) imports[`${name}.${key}`] = value;
  }
}

async function instantiate({ package: folder, name, expect }) {
  const url = pathToFileURL(join(dirname(script), String(folder), 'instantiate.js'));
  const result = await outcome(async () => (await import(url)).instantiate(imports));
  last = result;
  if (name !== undefined && name !== null) {
    instances.set(name, result);
    if (result.error === undefined) offer(name, result.value);
  }
  return { problem: judge(result, expect), said: result.error };
}

function instance(name) {
  const found = name === null || name === undefined ? last : instances.get(name);
  if (found === undefined) throw new Error('there is no such instance');
  if (found.error === undefined) return found.value;
  if (lacking(found.error)) throw new Unsupported(found.error.message);
  throw new Error(`not instantiated: ${found.error.message}`);
}

async function step(action) {
  switch (action.action) {
    case 'known':
      return { known: action };
    case 'instantiate':
      return instantiate(action);
    case 'register':
      offer(action.name, instance(action.instance));
      return {};
    case 'invoke': {
      const exports = instance(action.instance);
      if (broken.has(exports)) throw new Unsupported(broken.get(exports));
      const args = action.args.map(value);
      const result = await outcome(async () => exports[action.function](...args));
      if (result.error !== undefined && lacking(result.error)) broken.set(exports, result.error.message);
      return { problem: judge(result, action.expect), said: result.error };
    }
    default:
      throw new Error(`what is ${action.action}?`);
  }
}

for (const action of steps) {
  let line;
  stray = undefined;
  try {
    const { known, problem, said } = await step(action);
    if (known !== undefined) line = { status: known.status, message: known.message };
    else if (problem !== undefined) line = { status: 'failed', message: problem };
    else line = { status: 'passed', message: said === undefined ? '' : text(said) };
  } catch (error) {
    line = { status: error instanceof Unsupported ? 'unsupported' : 'failed', message: error.message };
  }
  if (stray !== undefined && line.status === 'passed') {
    line = { status: 'failed', message: `a promise that nobody has was rejected: ${text(stray)}` };
  }
  writeSync(1, `${JSON.stringify(line)}\n`);
}
process.exit(0);
