import { payloadOf } from './errors.js';
import { currentTask, fail, gateOf, promised, stateOf, microtask } from './scheduler.js';
import { HostCall, isThenable, outcome, startCall } from './subtasks.js';
import { enterGate, openGate, Task } from './tasks.js';
import { CANCELLED, setAt, storeEvent } from './waitables.js';
const jspi = WebAssembly;
function suspending(f) {
    return jspi.Suspending === undefined ? f : new jspi.Suspending(f);
}
function wait(cx, what, promise) {
    if (jspi.Suspending === undefined) {
        cx.trap(`${what} has to wait, and this engine cannot suspend WebAssembly (it has no JSPI)`);
    }
    const task = currentTask(cx);
    const { at, depth } = cx;
    const state = stateOf(cx);
    const gate = task === undefined ? undefined : gateOf(task.inst);
    cx.at = '';
    cx.task = undefined;
    cx.depth = 0;
    if (gate !== undefined)
        gate.held = true;
    state.resuming = false;
    const resume = () => {
        cx.at = at;
        cx.task = task;
        cx.depth = depth;
        if (gate !== undefined)
            gate.held = false;
        state.resuming = true;
    };
    const attempt = (then) => {
        if (cx.at !== '')
            return new Promise((next) => microtask(next)).then(() => attempt(then));
        resume();
        return then();
    };
    return Promise.resolve(promise).then((value) => attempt(() => value), (e) => attempt(() => {
        throw e;
    }));
}
export function lowerBlocking(inst, label, fallible, call, store) {
    return suspending((...core) => {
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
        return wait(cx, label, value).then((value) => finish(outcome(fallible, value)), failed);
    });
}
export const waitableSetWait = suspendingBuiltIn((inst, m, cancellable, index, ptr) => {
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
    if (task?.mayBlock === false)
        cx.trap('a synchronous call cannot wait');
    const next = new Promise((resolve) => {
        const wake = () => {
            const event = set.poll();
            if (event === undefined)
                return;
            set.waiters.splice(set.waiters.indexOf(wake), 1);
            resolve(event);
        };
        set.waiters.push(wake);
    });
    return wait(cx, 'waitable-set.wait', next).then((event) => storeEvent(m, ptr, event));
});
function suspendingBuiltIn(f) {
    return f;
}
export function syncStartCall(cx, callback, callee) {
    const started = startCall(cx, callback, undefined, callee, true);
    if (started.subtask.resolved)
        return started.result;
    const done = new Promise((resolve) => {
        const advance = started.subtask.advance.bind(started.subtask);
        started.subtask.advance = (state) => {
            advance(state);
            if (started.subtask.resolved)
                resolve();
        };
    });
    return wait(cx, 'the call of an asynchronous function', done).then(() => started.result);
}
export function maySuspend(f) {
    return suspending(f);
}
export function startSuspending(inst, label, options, callback, call, lift) {
    const cx = inst.root;
    const signal = options?.signal;
    signal?.throwIfAborted();
    if (cx.at !== '' && !stateOf(cx).resuming)
        cx.refuse(label);
    return promised(cx, (resolve, reject) => {
        const task = new Task(inst, label, suspendable(callback), (_, value) => resolve(value()), () => reject(signal?.reason));
        const finish = (ret) => {
            stateOf(cx).resuming = false;
            if (lift !== undefined) {
                const value = lift(ret);
                task.return([], () => value);
            }
            cx.at = '';
            cx.task = undefined;
            openGate(inst);
            if (lift === undefined && callback !== undefined)
                task.next(ret);
        };
        const start = () => {
            const broken = (e) => {
                reject(e);
                if (cx.at !== '')
                    fail(cx, e);
            };
            try {
                cx.enter(label);
                cx.task = task;
                const [core, ...params] = call();
                const promising = jspi.promising?.(core) ?? core;
                const ret = promising(...params);
                if (isThenable(ret)) {
                    ret.then((ret) => {
                        try {
                            if (cx.at === '') {
                                cx.at = label;
                                cx.task = task;
                            }
                            finish(ret);
                        }
                        catch (e) {
                            broken(e);
                        }
                    }, broken);
                    if (cx.task === task)
                        leave(cx, task, label);
                }
                else {
                    finish(ret);
                }
            }
            catch (e) {
                broken(e);
            }
        };
        enterGate(inst, start);
        signal?.addEventListener('abort', () => {
            reject(signal.reason);
            if (!task.resolved)
                task.requestCancel();
        });
    });
}
function leave(cx, _task, _label) {
    stateOf(cx).resuming = true;
}
function suspendable(callback) {
    return callback;
}
