export const COMPLETED = 0;
export const DROPPED = 1;
export const CANCELLED = 2;
export class HostRead {
    inst = undefined;
    elements = undefined;
    length;
    progress = 0;
    values = [];
    shared;
    settle;
    constructor(shared, length, settle) {
        this.shared = shared;
        this.length = length;
        this.settle = settle;
    }
    start() {
        const result = this.shared.read(this);
        if (result !== undefined)
            this.done(result);
    }
    read() {
        return [];
    }
    take(from, n) {
        this.values = from.read(n);
        this.progress += n;
    }
    copied() {
        this.shared.leave(this);
        this.settle(this.values);
    }
    done(result) {
        this.settle(this.progress > 0 || result !== DROPPED ? this.values : undefined);
    }
}
export class HostWrite {
    inst = undefined;
    elements = undefined;
    progress = 0;
    values;
    shared;
    settle;
    constructor(shared, values, settle) {
        this.shared = shared;
        this.values = values;
        this.settle = settle;
    }
    get length() {
        return this.values.length;
    }
    get all() {
        return this.progress >= this.values.length;
    }
    next(values) {
        this.values = values;
        this.progress = 0;
    }
    start() {
        while (!this.all) {
            const result = this.shared.write(this);
            if (result !== COMPLETED)
                return;
        }
    }
    read(n) {
        const { values, progress } = this;
        this.progress += n;
        if (n === values.length)
            return values;
        return ArrayBuffer.isView(values)
            ? values.subarray(progress, progress + n)
            : Array.prototype.slice.call(values, progress, progress + n);
    }
    take() {
        throw new TypeError('there is nothing to write to');
    }
    copied() {
        if (!this.all)
            return;
        this.shared.leave(this);
        this.settle();
    }
    done() {
        this.settle();
    }
}
