// The packages are built beside this file.
import { check } from './check.mjs';
import { files } from './files.mjs';
import { fetcher } from './hello/http.js';
import { handler } from './hello/index.js';
import * as sleepers from './sleepers/index.js';

const status = document.querySelector('[role=status]');
const all = async () => {
  await check(sleepers, fetcher(handler));
  await files();
};
all().then(
  () => (status.textContent = 'done'),
  (error) => (status.textContent = `failed: ${error.stack}`),
);
