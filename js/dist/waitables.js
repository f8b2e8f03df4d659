import { tableOf } from './table.js';
import { currentTask } from './scheduler.js';
export const NONE = 0;
export const SUBTASK = 1;
export const STREAM_READ = 2;
export const STREAM_WRITE = 3;
export const FUTURE_READ = 4;
export const FUTURE_WRITE = 5;
export const TASK_CANCELLED = 6;
export class Waitable {
    index = 0;
    onEvent = undefined;
    queued = false;
    pending = undefined;
    set = undefined;
    get hasEvent() {
        return this.pending !== undefined;
    }
    get joined() {
        return this.set !== undefined;
    }
    notify(event) {
        this.pending = event;
        this.set?.ready(this);
        this.onEvent?.();
    }
    take() {
        const event = this.pending;
        this.pending = undefined;
        return event();
    }
    forget() {
        this.pending = undefined;
    }
    join(set) {
        this.set?.lose(this);
        this.set = set;
        if (set === undefined)
            return;
        set.members++;
        if (this.hasEvent)
            set.ready(this);
    }
}
export class WaitableSet {
    members = 0;
    waiters = [];
    queue = [];
    ready(waitable) {
        if (!waitable.queued) {
            waitable.queued = true;
            this.queue.push(waitable);
        }
        this.waiters[0]?.wake();
    }
    lose(waitable) {
        this.members--;
        if (!waitable.queued)
            return;
        waitable.queued = false;
        this.queue.splice(this.queue.indexOf(waitable), 1);
    }
    poll() {
        for (let next = this.queue.shift(); next !== undefined; next = this.queue.shift()) {
            next.queued = false;
            if (next.hasEvent)
                return next.take();
        }
        return undefined;
    }
    leave(waiter) {
        const index = this.waiters.indexOf(waiter);
        if (index >= 0)
            this.waiters.splice(index, 1);
        return index >= 0;
    }
    get hasEvent() {
        return this.queue.some((waitable) => waitable.hasEvent);
    }
}
export function setAt(inst, index) {
    const set = tableOf(inst).get(index);
    return set instanceof WaitableSet ? set : inst.root.trap(`handle index ${index >>> 0} is not a waitable set`);
}
export function waitableSetNew(inst) {
    if (inst.locked)
        inst.root.stuck('waitable-set.new');
    return tableOf(inst).add(new WaitableSet(), inst.root);
}
export function waitableSetDrop(inst, index) {
    if (inst.locked)
        inst.root.stuck('waitable-set.drop');
    const set = setAt(inst, index);
    if (set.members > 0)
        inst.root.trap('cannot drop a waitable set that is not empty');
    if (set.waiters.length > 0)
        inst.root.trap('cannot drop a waitable set that somebody waits for');
    tableOf(inst).remove(index);
}
export function waitableJoin(inst, index, set) {
    if (inst.locked)
        inst.root.stuck('waitable.join');
    const waitable = tableOf(inst).get(index);
    if (!(waitable instanceof Waitable))
        return inst.root.trap(`handle index ${index >>> 0} is not a waitable`);
    if (waitable.onEvent !== undefined)
        inst.root.trap('cannot join a waitable that a synchronous call waits for');
    waitable.join(set === 0 ? undefined : setAt(inst, set));
}
export function waitableSetPoll(inst, m, cancellable, index, ptr) {
    if (inst.locked)
        inst.root.stuck('waitable-set.poll');
    const set = setAt(inst, index);
    const task = currentTask(inst);
    const event = cancellable && task?.takeCancel() === true ? CANCELLED : (set.poll() ?? NOTHING);
    return storeEvent(m, ptr, event);
}
export const NOTHING = [NONE, 0, 0];
export const CANCELLED = [TASK_CANCELLED, 0, 0];
export function storeEvent(m, ptr, [code, index, payload]) {
    ptr = m.at(ptr, 4, 8, 'event');
    m.dv.setUint32(ptr, index, true);
    m.dv.setUint32(ptr + 4, payload, true);
    return code;
}
