const EMPTY = new Uint8Array(0);
export class Memory {
    len = 0;
    bytes = EMPTY;
    view = new DataView(EMPTY.buffer);
    cx;
    inst;
    memory = undefined;
    grow = undefined;
    constructor(cx, inst) {
        this.cx = cx;
        this.inst = inst;
    }
    get u8() {
        return this.bytes.length === 0 ? this.refresh().bytes : this.bytes;
    }
    get dv() {
        return this.bytes.length === 0 ? this.refresh().view : this.view;
    }
    alloc(align, size) {
        return this.realloc(0, 0, align, size);
    }
    realloc(old, oldSize, align, size) {
        const { inst, cx } = this;
        if (this.grow === undefined)
            return cx.trap('there is no realloc function');
        inst.locked = true;
        const ptr = this.grow(old, oldSize, align, size) >>> 0;
        inst.locked = false;
        if ((ptr & (align - 1)) !== 0)
            cx.trap(`realloc gave ${ptr}, which is not aligned to ${align}`);
        if (ptr + size > this.u8.length)
            cx.trap(`realloc gave ${size} bytes at ${ptr}, beyond the memory's end`);
        return ptr;
    }
    at(ptr, align, size, type = 'result') {
        ptr >>>= 0;
        if ((ptr & (align - 1)) !== 0)
            this.cx.trap(`${type}: unaligned pointer ${ptr}`);
        if (ptr + size > this.u8.length)
            this.cx.trap(`${type}: pointer out of bounds: ${size} bytes at ${ptr}`);
        return ptr;
    }
    refresh() {
        if (this.memory === undefined)
            this.cx.trap('there is no memory yet');
        this.bytes = new Uint8Array(this.memory.buffer);
        this.view = new DataView(this.memory.buffer);
        return this;
    }
}
