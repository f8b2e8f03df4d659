import { payloadOf } from './errors.js';
import { currentTask, fail, later, microtask, promised, soon } from './scheduler.js';
import { Watch } from './signals.js';
import { dying, maySuspend, Stacks } from './stacks.js';
import { HostCall, isThenable, outcome, startCall } from './subtasks.js';
import { cancel, enterGate, Task } from './tasks.js';
import { CANCELLED, setAt, storeEvent } from './waitables.js';
export function mayBeSuspended(cx, core, letters) {
    Stacks.of(cx).add(core, letters);
}
export function lowerBlocking(inst, label, fallible, call, letters, store) {
    const lowered = (...core) => {
        const cx = inst.root;
        const at = cx.call(label, inst);
        const finish = (result) => {
            const value = store(result, ...core);
            cx.back(at);
            return value;
        };
        const failed = (e) => {
            if (!fallible)
                throw e;
            return finish({ tag: 'err', val: payloadOf(e) });
        };
        let value;
        try {
            value = call(...core, new HostCall());
        }
        catch (e) {
            return failed(e);
        }
        if (!isThenable(value))
            return finish(outcome(fallible, value));
        return Stacks.of(cx).wait(label, value, (value) => finish(outcome(fallible, value)), failed);
    };
    return maySuspend(lowered, letters);
}
export function waitableSetWait(inst, m, cancellable, index, ptr) {
    const cx = inst.root;
    if (inst.locked)
        cx.stuck('waitable-set.wait');
    const set = setAt(inst, index);
    const task = currentTask(inst);
    if (cancellable && task?.takeCancel() === true)
        return storeEvent(m, ptr, CANCELLED);
    const event = set.poll();
    if (event !== undefined)
        return storeEvent(m, ptr, event);
    const next = new Promise((resolve) => {
        const leave = (event) => {
            set.leave(waiter);
            if (task instanceof Task)
                task.interrupt = undefined;
            resolve(event);
        };
        const attempt = () => {
            if (!set.waiters.includes(waiter))
                return;
            const event = set.poll();
            if (event === undefined)
                return;
            leave(event);
            if (set.hasEvent)
                set.waiters[0]?.wake();
        };
        const waiter = { wake: () => microtask(() => later(cx, attempt)) };
        set.waiters.push(waiter);
        if (cancellable && task instanceof Task)
            task.interrupt = () => leave(CANCELLED);
    });
    return Stacks.of(cx).wait('waitable-set.wait', next, (event) => storeEvent(m, ptr, event));
}
export function threadYieldStack(inst, cancellable) {
    const cx = inst.root;
    if (inst.locked)
        cx.stuck('thread.yield');
    const task = currentTask(inst);
    if (cancellable && task?.takeCancel() === true)
        return 1;
    const stacks = Stacks.of(cx);
    if (!stacks.can)
        return 0;
    const next = new Promise((resolve) => {
        if (cancellable && task instanceof Task)
            task.interrupt = () => resolve(1);
        soon(() => resolve(0));
    });
    return stacks.wait('thread.yield', next, (cancelled) => {
        if (task instanceof Task)
            task.interrupt = undefined;
        return cancelled;
    });
}
export function syncStartCall(cx, callback, callee) {
    const started = startCall(cx, callback, undefined, callee, true);
    if (started.subtask.resolved)
        return started.result;
    const done = new Promise((resolve) => {
        started.subtask.onResolved = resolve;
    });
    return Stacks.of(cx).wait('the call of an asynchronous function', done, () => started.result);
}
export function startSuspending(inst, label, options, callback, core, letters, params, lift) {
    const cx = inst.root;
    const signal = options?.signal;
    if (signal?.aborted === true)
        return Promise.reject(signal.reason);
    if (cx.at !== '')
        return Promise.reject(cx.refusal(label));
    const watch = signal && new Watch(signal);
    return promised(cx, (resolve, reject) => {
        const returned = (_, value) => {
            watch?.end();
            resolve(value());
        };
        const task = new Task(inst, label, callback, returned, () => reject(signal?.reason));
        task.exclusive = callback !== undefined || lift !== undefined;
        const stacks = Stacks.of(cx);
        stacks.add(core, letters);
        if (callback !== undefined)
            stacks.add(callback, 'iii:i');
        const done = (ret) => {
            if (lift === undefined)
                return task.next(callback === undefined ? 0 : ret);
            const value = lift(ret);
            task.return([], () => value);
        };
        const start = () => {
            try {
                stacks.start(label, task, core, params, done);
            }
            catch (e) {
                if (dying(e))
                    return;
                watch?.end();
                reject(e);
                if (cx.at !== '')
                    fail(cx, e);
            }
        };
        enterGate(inst, start, task.exclusive);
        watch?.begin(reject, () => cancel(task, start));
    });
}
export { maySuspend };
