// Uses the types of a package as people do: what is right compiles, what is wrong does not.
import { toTest } from 'payloads';

const entry: toTest.Entry = { flag: true, name: 'a', count: 1n, tags: [] };

/** Every case is known by its tag. */
export function area(shape: toTest.Shape): number {
  switch (shape.tag) {
    case 'dot':
      return 0;
    case 'circle':
      return Math.PI * shape.val ** 2;
    case 'label':
      return shape.val.length;
    case 'entries':
      return shape.val.reduce((sum, { count }) => sum + Number(count), 0);
  }
}

export async function calls(signal: AbortSignal): Promise<void> {
  try {
    const same: toTest.Entry = toTest.wideNow(1, 'b', entry, undefined, [2n, 0.5], { read: true }, 'x');
    await toTest.wide(1, 'b', same, { tag: 'dot' }, [2n, 0.5], {}, 'x', { signal });
  } catch (error) {
    if (error instanceof toTest.ShapeError) area(error.payload);
    else throw error;
  }
  for await (const pair of await toTest.echoPairs([[1, 2]])) pair satisfies [number, number];
  for await (const chunk of (await toTest.echoNumbers([1n])).chunks()) chunk satisfies readonly bigint[];
  const bytes: ReadableStream<Uint8Array> = await toTest.flatten([new Blob(['a']).stream()]);
  await bytes.cancel();
}

export function mistakes(): void {
  // @ts-expect-error u64 is a bigint
  toTest.wideNow(1, 'b', { ...entry, count: 1 }, undefined, [2n, 0.5], {}, 'x');
  // @ts-expect-error there is no such case
  area({ tag: 'square', val: 1 });
  // @ts-expect-error a circle has a number
  area({ tag: 'circle' });
  // @ts-expect-error there is no such flag
  toTest.wideNow(1, 'b', entry, undefined, [2n, 0.5], { delete: true }, 'x');
  // @ts-expect-error only asynchronous functions can be cancelled
  toTest.hold(true, { signal: AbortSignal.abort() });
}
