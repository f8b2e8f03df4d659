// A Go command that is a client of HTTP: node client.mjs
import { serve } from './support.mjs';

const upstream = (request, response) => {
  if (request.url === '/slow') return;
  if (request.url === '/old') response.writeHead(302, { location: '/new' });
  response.end(request.url === '/old' ? '' : `I am ${request.url}`);
};

await serve(upstream, async (url) => {
  // The command's arguments are Node's.
  process.argv.push(url, `${url}/slow`);
  const { run } = await import('./client/index.js');
  await run.run();
});
