import { payloadOf } from './errors.js';
import { currentTask, fail, gateOf, inside, later, starterOf, stateOf } from './scheduler.js';
import { tableOf } from './table.js';
import { enterGate, Task } from './tasks.js';
import { SUBTASK, Waitable } from './waitables.js';
export const STARTING = 0;
export const STARTED = 1;
export const RETURNED = 2;
export const CANCELLED_BEFORE_STARTED = 3;
export const CANCELLED_BEFORE_RETURNED = 4;
export const BLOCKED = -1;
export class Subtask extends Waitable {
    state = STARTING;
    lent = [];
    delivered = false;
    cancelRequested = false;
    cancel = () => undefined;
    onResolved = undefined;
    get resolved() {
        return this.state >= RETURNED;
    }
    advance(state) {
        this.state = state;
        if (this.index !== 0)
            this.notify(() => this.event());
        if (this.resolved)
            this.onResolved?.();
    }
    event() {
        if (this.resolved)
            this.deliver();
        return [SUBTASK, this.index, this.state];
    }
    deliver() {
        this.delivered = true;
        for (const lent of this.lent.splice(0))
            lent.lends--;
    }
}
export class HostCall {
    controller = undefined;
    get signal() {
        this.controller ??= new AbortController();
        return this.controller.signal;
    }
    abort() {
        this.controller?.abort();
    }
}
export function isThenable(value) {
    return typeof value === 'object' && value !== null && typeof value.then === 'function';
}
export function outcome(fallible, value) {
    return fallible ? { tag: 'ok', val: value } : value;
}
export function lowerAsync(inst, label, call, store, fallible = false) {
    const cx = inst.root;
    const { task } = cx;
    const at = cx.call(label, inst);
    const lent = [];
    cx.lending = lent;
    const given = [];
    cx.giving = given;
    const host = new HostCall();
    let value;
    try {
        value = call(host);
    }
    catch (e) {
        if (!fallible)
            throw e;
        value = new Failed(payloadOf(e));
    }
    cx.lending = cx.giving = undefined;
    if (!isThenable(value)) {
        store(value instanceof Failed ? { tag: 'err', val: value.payload } : outcome(fallible, value));
        for (const one of lent)
            one.lends--;
        cx.back(at);
        return RETURNED;
    }
    const subtask = new Subtask();
    subtask.state = STARTED;
    subtask.lent = lent;
    subtask.index = tableOf(inst).add(subtask, cx);
    subtask.cancel = () => {
        host.abort();
        subtask.advance(CANCELLED_BEFORE_RETURNED);
    };
    cx.back(at);
    const finish = (result) => {
        later(cx, () => {
            if (subtask.resolved)
                return;
            inside(cx, label, task, () => {
                cx.depth++;
                store(result);
                cx.depth--;
            });
            subtask.advance(RETURNED);
        });
    };
    value.then((value) => finish(outcome(fallible, value)), (e) => {
        if (subtask.resolved) {
            for (const one of given)
                one.abandon();
            return;
        }
        try {
            if (!fallible)
                throw e;
            finish({ tag: 'err', val: payloadOf(e) });
        }
        catch (e) {
            fail(cx, e);
        }
    });
    return STARTED | (subtask.index << 4);
}
class Failed {
    payload;
    constructor(payload) {
        this.payload = payload;
    }
}
function subtaskAt(inst, index) {
    const subtask = tableOf(inst).get(index);
    return subtask instanceof Subtask ? subtask : inst.root.trap(`handle index ${index >>> 0} is not a subtask`);
}
export function subtaskDrop(inst, index) {
    if (inst.locked)
        inst.root.stuck('subtask.drop');
    const subtask = subtaskAt(inst, index);
    if (!subtask.delivered)
        inst.root.trap('cannot drop a subtask that has not ended');
    subtask.join(undefined);
    tableOf(inst).remove(index);
}
export function subtaskCancel(inst, async, index) {
    const cx = inst.root;
    if (inst.locked)
        cx.stuck('subtask.cancel');
    const subtask = subtaskAt(inst, index);
    if (subtask.delivered)
        cx.trap('cannot cancel a subtask that has ended');
    if (subtask.cancelRequested)
        cx.trap('the subtask is being cancelled already');
    if (subtask.joined && !async)
        cx.trap('cannot cancel a subtask synchronously while it is in a waitable set');
    subtask.cancelRequested = true;
    if (!subtask.resolved)
        subtask.cancel();
    const end = () => {
        if (subtask.hasEvent)
            subtask.take();
        else
            subtask.deliver();
        return subtask.state;
    };
    if (subtask.resolved)
        return end();
    if (async)
        return BLOCKED;
    if (currentTask(cx)?.mayBlock === true && stateOf(cx).stacks?.can !== true) {
        subtask.advance(CANCELLED_BEFORE_RETURNED);
        return end();
    }
    return starterOf(cx, 'subtask.cancel').until('subtask.cancel', subtask, () => subtask.resolved, end);
}
const WITH_RESULT = -2;
const NO_RESULT = -1;
export function prepareCall(instances, start, finish, caller, callee, number, async, _encoding, count, ...params) {
    const from = instances[caller];
    if (count !== WITH_RESULT && count !== NO_RESULT && async !== 0 && currentTask(from)?.mayBlock !== true) {
        from.root.trap('a synchronous task cannot block before it returns: it calls an asynchronous function');
    }
    const heap = count === WITH_RESULT || count > 1;
    stateOf(from).prepared = {
        start,
        finish,
        caller: from,
        callee: instances[callee],
        number,
        mayBlock: async !== 0,
        params: count === WITH_RESULT ? params.slice(0, -1) : params,
        to: heap ? params.slice(-1) : [],
    };
}
function values(result) {
    if (result === undefined)
        return [];
    return Array.isArray(result) ? result : [result];
}
export function startCall(cx, callback, postReturn, callee, asyncCallee) {
    const prepared = stateOf(cx).prepared;
    stateOf(cx).prepared = undefined;
    const { task: caller, at } = cx;
    const subtask = new Subtask();
    const finish = (results) => {
        if (subtask.resolved)
            return;
        started.result = inside(cx, at, caller, () => prepared.finish(...results, ...prepared.to));
        subtask.advance(RETURNED);
    };
    const cancelled = () => {
        if (!subtask.resolved)
            subtask.advance(CANCELLED_BEFORE_RETURNED);
    };
    const { number, mayBlock } = prepared;
    const task = new Task(prepared.callee, at, callback, finish, cancelled, asyncCallee ? number : undefined, mayBlock);
    const started = { task, subtask, result: undefined };
    task.exclusive = !asyncCallee || callback !== undefined;
    const params = () => {
        const params = values(prepared.start(...prepared.params));
        if (subtask.index !== 0)
            subtask.advance(STARTED);
        else
            subtask.state = STARTED;
        return params;
    };
    const ended = (...results) => {
        if (asyncCallee)
            return task.next(callback === undefined ? 0 : results[0]);
        task.return(results, () => undefined);
        postReturn?.(...results);
    };
    const start = () => {
        const { stacks } = stateOf(cx);
        if (stacks?.has(callee) === true)
            stacks.start(at, task, callee, params, ended);
        else
            inside(cx, at, task, () => ended(...values(callee(...params()))));
    };
    if (mayBlock)
        enterGate(prepared.callee, start, task.exclusive);
    else
        start();
    subtask.cancel = () => {
        const { queue } = gateOf(prepared.callee);
        const index = queue.indexOf(start);
        if (index >= 0) {
            queue.splice(index, 1);
            subtask.advance(CANCELLED_BEFORE_STARTED);
        }
        else {
            task.requestCancel();
        }
    };
    return started;
}
export function asyncStartCall(cx, callback, postReturn, callee, _params, _results, flags) {
    const { caller } = stateOf(cx).prepared;
    if (caller.locked)
        cx.stuck('a function of another component');
    const { subtask } = startCall(cx, callback, postReturn, callee, (flags & 1) !== 0);
    if (subtask.resolved) {
        subtask.deliver();
        return subtask.state;
    }
    subtask.index = tableOf(caller).add(subtask, cx);
    return subtask.state | (subtask.index << 4);
}
