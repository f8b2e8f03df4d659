// What Go services do, in any engine. Throws if they do not.

/** Everything, with the packages of the two components and the shim's types of HTTP. */
export async function check(sleepers, { handler }, http) {
  await sleeps(sleepers);
  await ticks(sleepers);
  await waits(sleepers);
  await answers(handler, http);
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
async function answers(handler, { types: { Fields, Request, Response } }) {
  const ask = async (method, path, text) => {
    const body = text === undefined ? undefined : new Blob([text]).stream();
    const [request] = Request.new(new Fields(), body, Promise.resolve({ tag: 'ok', val: undefined }), undefined);
    request.setMethod({ tag: method });
    request.setPathWithQuery(path);
    request.setScheme({ tag: 'HTTP' });
    request.setAuthority('localhost');
    const response = await handler.handle(request);
    const status = response.getStatusCode();
    const [content] = Response.consumeBody(response, Promise.resolve({ tag: 'ok', val: undefined }));
    return [status, await new globalThis.Response(content).text()];
  };
  same('hello', await ask('get', '/hello/g%C3%B6pher'), [200, 'Hello, göpher!\n']);
  same('nowhere', await ask('get', '/nowhere'), [404, '404 page not found\n']);
  const long = 'there and back\n'.repeat(2 ** 15);
  same('echo', await ask('post', '/echo', long), [200, long]);
  const [status, lines] = await ask('get', '/ticks?n=2');
  same('ticks', [status, lines.replaceAll(/after .*/g, 'after')], [200, 'tick 1 after\ntick 2 after\n']);
}
