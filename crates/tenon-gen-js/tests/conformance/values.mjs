// Values in scripts: `values.rs` writes them as JSON.

/** The value that JSON stands for. */
export function value(json) {
  if ('plain' in json) return json.plain;
  if ('number' in json) return Number(json.number);
  if ('bigint' in json) return BigInt(json.bigint);
  if ('undefined' in json) return undefined;
  if ('array' in json) return json.array.map(value);
  if ('typed' in json) return globalThis[json.typed].from(json.values.map(value));
  if ('map' in json) return new Map(json.map.map((entry) => entry.map(value)));
  if ('object' in json) return Object.fromEntries(json.object.map(([name, field]) => [name, value(field)]));
  if ('tag' in json) return 'val' in json ? { tag: json.tag, val: value(json.val) } : { tag: json.tag };
  throw new Error(`what is ${JSON.stringify(json)}?`);
}

/** How what came differs from what was expected; nothing if it does not. */
export function differs(expected, got) {
  return same(expected, got) ? undefined : `expected ${show(expected)}, got ${show(got)}`;
}

function same(a, b) {
  // All that is not a number is one: WebAssembly may change its bits.
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return Object.is(a, b);
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  if (a instanceof Map) return same([...a], [...b]);
  if (Array.isArray(a) || ArrayBuffer.isView(a)) {
    return a.length === b.length && Array.from(a).every((item, i) => same(item, b[i]));
  }
  const fields = (object) => Object.keys(object).filter((key) => object[key] !== undefined).sort();
  const names = fields(a);
  return same(names.join(), fields(b).join()) && names.every((name) => same(a[name], b[name]));
}

/** A value in a message. */
export function show(v) {
  if (typeof v === 'bigint') return `${v}n`;
  if (typeof v === 'string') return JSON.stringify(v.length > 80 ? `${v.slice(0, 80)}…` : v);
  if (typeof v !== 'object' || v === null) return Object.is(v, -0) ? '-0' : String(v);
  if (v instanceof Map) return `Map${show([...v])}`;
  if (ArrayBuffer.isView(v)) return `${v.constructor.name}${show(Array.from(v))}`;
  if (Array.isArray(v)) return `[${v.slice(0, 20).map(show).join(', ')}${v.length > 20 ? ', …' : ''}]`;
  return `{ ${Object.keys(v).map((key) => `${key}: ${show(v[key])}`).join(', ')} }`;
}
