// The packages are built beside this file.
import { check } from './check.mjs';
import { fetcher } from './hello/http.js';
import { handler } from './hello/index.js';
import * as sleepers from './sleepers/index.js';

const status = document.querySelector('[role=status]');
check(sleepers, fetcher(handler)).then(
  () => (status.textContent = 'done'),
  (error) => (status.textContent = `failed: ${error.stack}`),
);
