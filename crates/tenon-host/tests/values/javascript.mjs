// Goes through the modules in calls/: node driver.mjs COUNT
import { isDeepStrictEqual, inspect } from 'node:util';
import { _setEnv } from '@bytecodealliance/preview2-shim/cli';
import { instantiate } from './guest/index.js';

/** How many calls of an asynchronous function are under way at once. */
const AT_ONCE = 3;

const functions = [];
for (let i = 0; i < Number(process.argv[2]); i++) functions.push(await import(`./calls/${i}.mjs`));

/** Calls that are under way. */
const underWay = new Set();

/** What the guest is relayed to: it gets what the guest was called with, and answers what that must answer. */
function relay(f) {
  const answer = (args) => {
    const call = [...underWay].find((call) => call.f === f && isDeepStrictEqual(args, call.args));
    if (call === undefined) throw new Error(`the import got other arguments: ${short(args)}`);
    if (call.wanted.tag === 'ok') return call.wanted.val;
    throw Object.assign(new Error('refused'), { payload: call.wanted.val });
  };
  if (!f.isAsync) return (...args) => answer(args);
  return async (...args) => {
    const call = args.pop();
    if (!(call.signal instanceof AbortSignal)) throw new Error('the import got no signal');
    for (let i = args.length % 3; i > 0; i--) await null;
    return answer(args);
  };
}

const relays = {};
for (const f of functions.filter((f) => f.relayed && !f.interfaceName.includes('/run'))) {
  if (f.interfaceName === '') relays[f.name] = relay(f);
  else (relays[f.interfaceName] ??= {})[f.name] = relay(f);
}

/** Interfaces that this process has not, and all their functions. */
const missing = new Proxy({}, { get: () => () => { throw new Error('nobody is there'); } });

/** Instances of the guest: streams and futures go to another one. */
async function start(gogc) {
  _setEnv({ GOGC: gogc });
  const given = (other) => {
    const imports = { ...relays };
    for (const { interfaceName } of functions.filter(({ interfaceName }) => interfaceName.includes('/run'))) {
      const pipe = interfaceName.replace('/run', '/pipe');
      imports[pipe] = other?.[lastPart(pipe)] ?? missing;
    }
    return imports;
  };
  return instantiate(given(await instantiate(given())));
}

const lastPart = (name) => name.slice(name.indexOf('/') + 1);
const short = (value) => inspect(value, { depth: 12, breakLength: Infinity, maxArrayLength: 20, maxStringLength: 100 }).slice(0, 600);

/** What a call gives, as a `result`; nothing else is thrown. */
async function outcomeOf(call) {
  try {
    const val = call();
    return { tag: 'ok', val: val instanceof Promise ? await val : val };
  } catch (e) {
    if (!('payload' in e)) throw e;
    return { tag: 'err', val: e.payload };
  }
}

/** Where two values differ first. */
function difference(wanted, got, place = 'value') {
  if (isDeepStrictEqual(wanted, got)) return undefined;
  const same = typeof wanted === 'object' && typeof got === 'object' && wanted && got && wanted.constructor === got.constructor;
  if (same && !(wanted instanceof Map) && wanted.length === got.length) {
    for (const key of Object.keys(wanted)) {
      const inner = difference(wanted[key], got[key], `${place}.${key}`);
      if (inner !== undefined) return inner;
    }
  }
  return `${place}: ${short(got)} instead of ${short(wanted)}`;
}

async function check(instance, f, calls) {
  const target = f.interfaceName === '' ? instance : instance[lastPart(f.interfaceName)];
  const outcomes = await Promise.all(
    calls.map(async (call) => {
      underWay.add(call);
      try {
        return await outcomeOf(() => target[f.name](...call.args));
      } finally {
        underWay.delete(call);
      }
    }),
  );
  calls.forEach(({ wanted }, i) => {
    const why = difference({ tag: wanted.tag, val: wanted.val }, outcomes[i]);
    if (why !== undefined) throw new Error(why);
  });
}

let count = 0;
for (const gogc of ['100', '1']) {
  let instance = await start(gogc);
  for (const f of functions) {
    const all = f.calls.map((call) => ({ ...call, f })).slice(0, gogc === '1' ? Math.ceil(f.calls.length / 2) : undefined);
    while (all.length > 0) {
      const calls = all.splice(0, f.isAsync ? AT_ONCE : 1);
      count += calls.length;
      try {
        await check(instance, f, calls);
      } catch (e) {
        console.log(`failed ${f.interfaceName}#${f.name}, GOGC=${gogc}: ${String(e?.message ?? e).replaceAll('\n', ' ')} ${short(e?.cause?.message)}`);
        instance = await start(gogc);
        break;
      }
    }
  }
}
console.log(`calls ${count}`);
