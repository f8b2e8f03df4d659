// A handler behind servers, as TypeScript sees it.
import { handler } from 'hello';
import { fetcher, listener } from 'hello/http';
import { handler as bundled } from 'hello-bundle';
import { fetcher as fetcherOf } from 'hello-bundle/http';

export const answer: (request: Request) => Promise<Response> = fetcher(handler);
export const served: (...of: Parameters<ReturnType<typeof listener>>) => Promise<void> = listener(handler);
export const other = { fetch: fetcherOf(bundled) };
