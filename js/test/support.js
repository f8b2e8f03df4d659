import { Instance } from '../dist/instance.js';
import { Memory } from '../dist/memory.js';

/** A memory of one page, with an allocator that only goes forward. */
export function memory(pages = 1) {
  const cx = new Instance();
  const m = new Memory(cx, cx);
  m.memory = new WebAssembly.Memory({ initial: pages });
  let next = 1024;
  m.grow = (old, oldSize, align, size) => {
    next = (next + align - 1) & -align;
    const ptr = next;
    next += size;
    const missing = Math.ceil((next - m.memory.buffer.byteLength) / 65536);
    if (missing > 0) m.memory.grow(missing);
    new Uint8Array(m.memory.buffer).copyWithin(ptr, old, old + Math.min(oldSize, size));
    return ptr;
  };
  return m;
}
