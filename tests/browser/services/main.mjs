// The packages are built beside this file.
import * as http from '@bytecodealliance/preview3-shim/http';

import { check } from './check.mjs';
import * as hello from './hello/index.js';
import * as sleepers from './sleepers/index.js';

const status = document.querySelector('[role=status]');
check(sleepers, hello, http).then(
  () => (status.textContent = 'done'),
  (error) => (status.textContent = `failed: ${error.stack}`),
);
