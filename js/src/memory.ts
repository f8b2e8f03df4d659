import type { Instance } from './instance.js';

/** A function of a component that allocates memory. */
export type Realloc = (ptr: number, oldSize: number, align: number, newSize: number) => number;

const EMPTY = new Uint8Array(0);

/** A linear memory, and the instance that it belongs to. Its views are made again when it has grown. */
export class Memory {
  /** How long what was lowered last is, in the units of its encoding. */
  len = 0;
  private bytes = EMPTY;
  private view = new DataView(EMPTY.buffer);

  readonly cx: Instance;
  readonly inst: Instance;
  /** The memory, as soon as there is one. */
  memory: WebAssembly.Memory | undefined = undefined;
  /** What allocates in it, as soon as that is there. */
  grow: Realloc | undefined = undefined;

  constructor(cx: Instance, inst: Instance) {
    this.cx = cx;
    this.inst = inst;
  }

  /** All of the memory as it is now: not to be kept across calls into the component. */
  get u8(): Uint8Array<ArrayBuffer> {
    return this.bytes.length === 0 ? this.refresh().bytes : this.bytes;
  }

  /** The same, for numbers of all sizes. */
  get dv(): DataView<ArrayBuffer> {
    return this.bytes.length === 0 ? this.refresh().view : this.view;
  }

  /** Lets the component allocate `size` bytes. */
  alloc(align: number, size: number): number {
    return this.realloc(0, 0, align, size);
  }

  /** Lets the component move what it has allocated. */
  realloc(old: number, oldSize: number, align: number, size: number): number {
    const { inst, cx } = this;
    if (this.grow === undefined) return cx.trap('there is no realloc function');
    inst.locked = true;
    const ptr = this.grow(old, oldSize, align, size) >>> 0;
    inst.locked = false;
    if ((ptr & (align - 1)) !== 0) cx.trap(`realloc gave ${ptr}, which is not aligned to ${align}`);
    if (ptr + size > this.u8.length) cx.trap(`realloc gave ${size} bytes at ${ptr}, beyond the memory's end`);
    return ptr;
  }

  /** Where `size` bytes of a value lie, if they do. */
  at(ptr: number, align: number, size: number, type = 'result'): number {
    ptr >>>= 0;
    if ((ptr & (align - 1)) !== 0) this.cx.trap(`${type}: unaligned pointer ${ptr}`);
    if (ptr + size > this.u8.length) this.cx.trap(`${type}: pointer out of bounds: ${size} bytes at ${ptr}`);
    return ptr;
  }

  private refresh(): this {
    if (this.memory === undefined) this.cx.trap('there is no memory yet');
    this.bytes = new Uint8Array(this.memory.buffer);
    this.view = new DataView(this.memory.buffer);
    return this;
  }
}
