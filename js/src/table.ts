import type { Instance } from './instance.js';

/** How many handles an instance may have. */
const MOST = 2 ** 28 - 1;

/** What an instance's handles stand for. */
export class Table {
  private readonly entries: unknown[] = [undefined];
  private readonly free: number[] = [];

  /** A new handle. */
  add(entry: object, cx: Instance): number {
    const index = this.free.pop() ?? this.entries.length;
    if (index > MOST) cx.trap('too many handles');
    this.entries[index] = entry;
    return index;
  }

  /** What a handle stands for. */
  get(index: number): unknown {
    return this.entries[index >>> 0];
  }

  /** Forgets a handle. */
  remove(index: number): void {
    this.entries[index >>> 0] = undefined;
    this.free.push(index >>> 0);
  }
}

/** An instance's handles. */
export function tableOf(inst: Instance): Table {
  return (inst.handles ??= new Table());
}
