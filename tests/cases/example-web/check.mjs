// What the page does, without a page: node check.mjs PACKAGE
import { pathToFileURL } from 'node:url';

const { instantiate } = await import(pathToFileURL(process.argv[2]));

const controller = new AbortController();
let stopped;
const end = new Promise((resolve) => (stopped = resolve));
const { markdown } = await instantiate({
  'example:studio/desk': {
    progress(done, total) {
      console.log(`${done} of ${total}`);
      if (total === 3) controller.abort();
    },
    stopped(done, total, reason) {
      stopped(`stopped after ${done} of ${total}: ${reason}`);
    },
  },
});

process.stdout.write(markdown.render('# A *title*'));

// Pieces that are there at once may arrive as one: the second comes when the first is counted.
let counted;
const first = new Promise((resolve) => (counted = resolve));
async function* pieces() {
  yield new TextEncoder().encode('a b\n');
  await first;
  yield new TextEncoder().encode('zwölf\n');
}
for await (const counts of await markdown.count(pieces())) {
  console.log(counts);
  counted();
}

const page = await markdown.publish('Title', '# One\n\n# Two');
console.log(page.includes('<h1>Two</h1>'));

await markdown.publish('Title', '').catch((error) => {
  console.log(error instanceof markdown.RefusalError ? error.name : error, error.payload);
});

// Both come: the promise ends at once, and Go notices in its own time.
const cancelled = markdown.publish('Title', '# One\n\n# Two\n\n# Three', { signal: controller.signal });
const name = await cancelled.catch((error) => error.name);
console.log(await end);
console.log(name);
