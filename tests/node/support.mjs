// A Go handler behind Node's own server.
import { once } from 'node:events';
import { createServer } from 'node:http';

/** Serves with a listener on a free port, while a test runs. What breaks the listener fails the test. */
export async function serve(listener, test) {
  let broken;
  const server = createServer((request, response) => {
    listener(request, response)?.catch((error) => (broken ??= error));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    await test(`http://127.0.0.1:${server.address().port}`);
    if (broken) throw broken;
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** The text of an answer. */
export const text = async (url, init) => (await fetch(url, init)).text();

/** Asks until the answer is as wanted. */
export async function until(url, wanted) {
  while ((await text(url)) !== wanted) await new Promise((resolve) => setTimeout(resolve, 5));
}
