// The services that the browser has, too.
import { check } from './check.mjs';
import { fetcher } from './hello/http.js';
import { handler } from './hello/index.js';
import * as sleepers from './sleepers/index.js';

await check(sleepers, fetcher(handler));
