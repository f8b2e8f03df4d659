// What Go services do, in any engine. Throws if they do not.

/** Everything, with the package of one component, and what the other's answers with. */
export async function check(sleepers, fetch) {
  await sleeps(sleepers);
  await ticks(sleepers);
  await waits(sleepers);
  await answers(fetch);
}

function same(what, got, wanted) {
  const [a, b] = [got, wanted].map((value) => JSON.stringify(value));
  if (a !== b) throw new Error(`${what}: ${a} instead of ${b}`);
}

/** A hundred calls wait for each other, sleep, and wake one by one. */
async function sleeps({ sleep }) {
  const all = Array.from({ length: 100 }, (_, i) => i + 1);
  for (let round = 0; round < 3; round++) {
    const left = await Promise.all(all.map(() => sleep(all.length)));
    same('sleepers', left.toSorted((a, b) => a - b), all);
  }
}

/** Timers go off while the host reads at its own pace. */
async function ticks({ tick }) {
  const seen = [];
  for await (const n of await tick(20)) seen.push(n);
  same('ticks', seen, Array.from({ length: 20 }, (_, i) => i));
}

/** A deadline of Go's own, and the end of the caller's patience. */
async function waits({ wait, waited }) {
  same('own deadline', await wait(5), 'context deadline exceeded');
  const controller = new AbortController();
  const calls = Array.from({ length: 20 }, () => wait(3_600_000, { signal: controller.signal }));
  controller.abort(new Error('enough'));
  const ends = await Promise.allSettled(calls);
  same('aborted', ends.map((end) => end.reason?.message), Array(20).fill('enough'));
  while (waited() < 21) await new Promise((resolve) => setTimeout(resolve, 1));
}

/** Requests, as a server would make them. */
async function answers(fetch) {
  const ask = async (method, path, body) => {
    const duplex = body === undefined ? {} : { duplex: 'half' };
    const response = await fetch(new Request(`http://localhost${path}`, { method, body, ...duplex }));
    return [response.status, await response.text()];
  };
  same('hello', await ask('GET', '/hello/g%C3%B6pher'), [200, 'Hello, göpher!\n']);
  same('nowhere', await ask('GET', '/nowhere'), [404, '404 page not found\n']);
  const long = 'there and back\n'.repeat(2 ** 15);
  same('echo', await ask('POST', '/echo', new Blob([long]).stream()), [200, long]);
  same('announced', await ask('POST', '/echo', 'of a length'), [200, 'of a length']);
  const [status, lines] = await ask('GET', '/ticks?n=2');
  same('ticks', [status, lines.replaceAll(/after .*/g, 'after')], [200, 'tick 1 after\ntick 2 after\n']);
}
