import { CANCELLED, COMPLETED, DROPPED } from './copies.js';
import { FUTURE_READ, FUTURE_WRITE, STREAM_READ, STREAM_WRITE, Waitable } from './waitables.js';
const remain = (party) => party.length - party.progress;
function copy(from, to) {
    const n = Math.min(remain(from), remain(to));
    if (n > 0)
        to.take(from, n);
}
export class Shared {
    dropped = false;
    onDrop = undefined;
    onWant = undefined;
    reader = undefined;
    writer = undefined;
    type;
    future;
    from;
    pending = undefined;
    constructor(type, from) {
        this.type = type;
        this.from = from;
        this.future = type.startsWith('future');
    }
    read(mine) {
        const { pending } = this;
        if (this.dropped)
            return DROPPED;
        if (pending === undefined) {
            this.pending = mine;
            this.onWant?.();
            return undefined;
        }
        checkLocal(this, mine, pending);
        if (remain(pending) === 0)
            return this.replace(mine);
        if (remain(mine) > 0) {
            copy(pending, mine);
            pending.copied();
        }
        return COMPLETED;
    }
    write(mine) {
        const { pending } = this;
        if (this.dropped)
            return DROPPED;
        if (pending === undefined) {
            this.pending = mine;
            return undefined;
        }
        checkLocal(this, mine, pending);
        if (remain(pending) === 0)
            return mine.length === 0 && pending.length === 0 ? COMPLETED : this.replace(mine);
        if (remain(mine) > 0) {
            copy(mine, pending);
            pending.copied();
        }
        return COMPLETED;
    }
    get label() {
        return this.from === '' ? this.type : `${this.from}: ${this.type}`;
    }
    get waiting() {
        const { pending } = this;
        return pending !== undefined && (pending.length === 0 || remain(pending) > 0);
    }
    get wanted() {
        return this.pending === undefined ? 0 : remain(this.pending);
    }
    leave(mine) {
        if (this.pending === mine)
            this.pending = undefined;
    }
    cancel() {
        this.end(CANCELLED);
    }
    drop() {
        if (this.dropped)
            return;
        this.dropped = true;
        if (this.pending !== undefined) {
            this.end(DROPPED);
        }
        else {
            this.reader?.alone();
            this.writer?.alone();
        }
        this.onDrop?.();
    }
    replace(mine) {
        this.end(COMPLETED);
        this.pending = mine;
    }
    end(result) {
        const { pending } = this;
        this.pending = undefined;
        pending?.done(result);
    }
}
function checkLocal(shared, mine, other) {
    if (mine.inst === undefined || mine.inst !== other.inst)
        return;
    if (mine.elements?.pure === false) {
        mine.inst.root.trap(`cannot read from and write to a ${shared.type} in one instance`);
    }
}
export class End extends Waitable {
    state = 'idle';
    shared;
    readable;
    constructor(shared, readable) {
        super();
        this.shared = shared;
        this.readable = readable;
        if (readable)
            shared.reader = this;
        else
            shared.writer = this;
        if (shared.dropped)
            this.alone();
    }
    get future() {
        return this.shared.future;
    }
    get code() {
        if (this.future)
            return this.readable ? FUTURE_READ : FUTURE_WRITE;
        return this.readable ? STREAM_READ : STREAM_WRITE;
    }
    alone() {
        if (this.state !== 'idle' || this.hasEvent || (this.future && this.readable))
            return;
        this.notify(() => {
            this.state = 'done';
            return [this.code, this.index, DROPPED];
        });
    }
    leave() {
        if (this.readable)
            this.shared.reader = undefined;
        else
            this.shared.writer = undefined;
    }
    get copying() {
        return this.state === 'copying' || this.state === 'cancelling';
    }
}
