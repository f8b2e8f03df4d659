// What the measurements share: time, and what is said of it.
// With --json a row is one line of JSON: `package` and `hand` in `unit`s, and how many times the time of `hand` `package` takes.
const json = process.argv.includes('--json');
if (!json) console.log(`${process.version.padEnd(44)}${'package'.padStart(15)}${'by hand'.padStart(15)}`);

const fast = new Set(['MiB/s']);

/** Says what was measured: by a generated package, and, if there is something like it, by glue written for exactly these functions. */
export function report(name, unit, ours, hand) {
  const ratio = hand === undefined ? undefined : fast.has(unit) ? hand / ours : ours / hand;
  if (json) {
    console.log(JSON.stringify({ name, unit, package: ours, hand, ratio }));
    return;
  }
  const show = (value) => (value === undefined ? '' : `${value.toFixed(unit === 'ns' ? 1 : 0)} ${unit}`).padStart(15);
  console.log(`${name.padEnd(44)}${show(ours)}${show(hand)}${ratio === undefined ? '' : `  × ${ratio.toFixed(2)}`}`);
}

/** Nanoseconds that something takes. */
export function once(f) {
  const start = process.hrtime.bigint();
  f();
  return Number(process.hrtime.bigint() - start);
}

/** The same of what ends later. */
export async function onceLater(f) {
  const start = process.hrtime.bigint();
  await f();
  return Number(process.hrtime.bigint() - start);
}
