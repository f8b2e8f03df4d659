import { Call, currentTask, fail, gateOf, inside, later, microtask, openGate, promised, soon, stateOf, whenFree, } from './scheduler.js';
import { Watch } from './signals.js';
import { CANCELLED, NOTHING, setAt } from './waitables.js';
const EXIT = 0;
const YIELD = 1;
const WAIT = 2;
export class Task extends Call {
    callback;
    number;
    resolved = false;
    done;
    cancelled;
    interrupt = undefined;
    set = undefined;
    scheduled = false;
    constructor(inst, label, callback, done, cancelled, number, mayBlock = true) {
        super(inst, label, mayBlock);
        this.callback = callback;
        this.done = done;
        this.cancelled = cancelled;
        this.number = number;
    }
    run(work) {
        const { inst } = this;
        const code = inside(inst.root, this.label, this, work);
        this.next(code);
    }
    next(code) {
        const cx = this.inst.root;
        switch (code & 0xf) {
            case EXIT:
                if (!this.resolved)
                    inside(cx, this.label, this, () => cx.trap('the task ended without task.return'));
                return;
            case YIELD:
                this.pause();
                return;
            case WAIT:
                this.wait(inside(cx, this.label, this, () => setAt(this.inst, code >>> 4)));
                return;
            default:
                inside(cx, this.label, this, () => cx.trap(`${code & 0xf} is not a code that a callback may return`));
        }
    }
    pause() {
        let waiting = true;
        this.interrupt = () => {
            waiting = false;
            this.tell(CANCELLED);
        };
        soon(() => {
            if (waiting)
                later(this.inst.root, () => this.tell(this.takeCancel() ? CANCELLED : NOTHING));
        });
        if (this.takeCancel())
            microtask(() => this.interrupted());
    }
    wait(set) {
        this.set = set;
        set.waiters.push(this);
        if (this.takeCancel())
            microtask(() => this.interrupted());
        else if (set.hasEvent)
            this.wake();
    }
    wake() {
        if (this.scheduled)
            return;
        this.scheduled = true;
        microtask(() => later(this.inst.root, this.attempt));
    }
    attempt = () => {
        const { set, inst } = this;
        this.scheduled = false;
        if (set === undefined)
            return;
        if (inst.gate?.held === true) {
            inst.gate.inside.push(() => this.wake());
            return;
        }
        const event = set.poll();
        if (event === undefined)
            return;
        this.leave();
        if (set.hasEvent)
            set.waiters[0]?.wake();
        this.tell(event);
    };
    leave() {
        const { set } = this;
        this.set = undefined;
        return set?.leave(this) === true;
    }
    interrupted() {
        later(this.inst.root, () => this.stop());
    }
    stop() {
        if (this.leave())
            this.tell(CANCELLED);
        else
            this.interrupt?.();
    }
    tell(event) {
        this.interrupt = undefined;
        whenFree(this.inst, () => this.call(event));
    }
    call([code, index, payload]) {
        const { callback, inst, label } = this;
        const { stacks } = stateOf(inst.root);
        if (stacks?.has(callback) === true) {
            stacks.start(label, this, callback, () => [code, index, payload], (code) => this.next(code));
        }
        else {
            this.run(() => callback(code, index, payload));
        }
    }
    requestCancel() {
        this.askToCancel();
        if ((this.set ?? this.interrupt) !== undefined && this.takeCancel())
            this.stop();
    }
    return(values, lift) {
        const cx = this.inst.root;
        if (this.resolved)
            cx.trap('the task has returned already');
        this.giveBack();
        this.resolved = true;
        this.done(values, lift);
    }
    acknowledge() {
        const cx = this.inst.root;
        if (this.resolved)
            cx.trap('the task has returned already');
        if (!this.knowsCancel)
            cx.trap('task.cancel without a request to cancel');
        this.giveBack();
        this.resolved = true;
        this.cancelled();
    }
}
export function enterGate(inst, start, exclusive = true) {
    const gate = gateOf(inst);
    if (gate.backpressure === 0 && !(gate.held && exclusive) && gate.queue.length === 0) {
        start();
        return true;
    }
    gate.queue.push(start);
    return false;
}
export function startTask(inst, label, options, callback, call) {
    const cx = inst.root;
    const signal = options?.signal;
    if (signal?.aborted === true)
        return Promise.reject(signal.reason);
    if (cx.at !== '')
        return Promise.reject(cx.refusal(label));
    const watch = signal && new Watch(signal);
    return promised(cx, (resolve, reject) => {
        const done = (_, lift) => {
            watch?.end();
            resolve(lift());
        };
        const task = new Task(inst, label, callback, done, () => reject(signal?.reason));
        const start = () => {
            try {
                task.run(call);
            }
            catch (e) {
                watch?.end();
                reject(e);
                if (cx.at !== '')
                    fail(cx, e);
            }
        };
        enterGate(inst, start);
        watch?.begin(reject, () => cancel(task, start));
    });
}
export function cancel(task, start) {
    const { queue } = gateOf(task.inst);
    const index = queue.indexOf(start);
    if (index >= 0)
        queue.splice(index, 1);
    else if (!task.resolved)
        later(task.inst.root, () => task.requestCancel());
}
function ofTask(inst, what) {
    if (inst.locked)
        inst.root.stuck(what);
    const task = currentTask(inst);
    return task instanceof Task && task.inst === inst
        ? task
        : inst.root.trap(`${what} outside of an asynchronous call`);
}
export function taskReturn(inst, number, values, lift = () => undefined) {
    const task = ofTask(inst, 'task.return');
    if (task.number !== undefined && task.number !== number)
        inst.root.trap('task.return with a result of another type');
    task.return(values, lift);
}
export function taskCancel(inst) {
    ofTask(inst, 'task.cancel').acknowledge();
}
export function backpressureInc(inst) {
    const gate = gateOf(inst);
    if (++gate.backpressure >= 0x10000)
        inst.root.trap('backpressure.inc too many times');
}
export function backpressureDec(inst) {
    const gate = gateOf(inst);
    if (gate.backpressure === 0)
        inst.root.trap('backpressure.dec without backpressure.inc');
    gate.backpressure--;
    openGate(inst);
}
export function threadYield(inst, cancellable) {
    if (inst.locked)
        inst.root.stuck('thread.yield');
    return cancellable && currentTask(inst)?.takeCancel() === true ? 1 : 0;
}
export function contextGet(cx, slot) {
    return () => currentTask(cx)?.context[slot] ?? 0;
}
export function contextSet(cx, slot) {
    return (value) => {
        const task = currentTask(cx);
        if (task !== undefined)
            task.context[slot] = value;
    };
}
export function mayBlock(cx) {
    const global = new WebAssembly.Global({ value: 'i32', mutable: true }, 0);
    let { task } = cx;
    Object.defineProperty(cx, 'task', {
        get: () => task,
        set: (next) => {
            task = next;
            global.value = next instanceof Call && next.mayBlock ? 1 : 0;
        },
    });
    return global;
}
export function beginSync(inst, label, mayBlock = false) {
    inst.root.task = new Call(inst, label, mayBlock, inst.root.task);
}
export function endSync(inst) {
    const cx = inst.root;
    currentTask(cx)?.giveBack();
    cx.task = cx.task?.parent;
}
export function thrown(cx, e) {
    if (cx.at !== '')
        fail(cx, e);
    return e;
}
export function enterCall(instances, caller, async, callee) {
    const cx = instances[caller].root;
    cx.task = new Call(instances[callee], cx.at, async !== 0, cx.task);
}
export function exitCall(cx) {
    endSync(cx);
}
