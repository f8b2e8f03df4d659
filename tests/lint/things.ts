// Resources are classes that can be let go of.
import { things } from 'things';

export async function sum(): Promise<number> {
  using one = new things.Thing(1);
  await one.set(2);
  using both = await things.Thing.merge([one]);
  return both.getNow() + things.Thing.alive();
}

export function mistakes(thing: things.Thing): void {
  // @ts-expect-error it is asynchronous
  thing.get() satisfies number;
  // @ts-expect-error a thing is made with a number
  new things.Thing();
  // @ts-expect-error what looks like a thing is none
  void things.Thing.merge([{ getNow: () => 1 }]);
}
