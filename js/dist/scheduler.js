import { because } from './errors.js';
export function stateOf(inst) {
    return (inst.root.state ??= { pending: new Set(), reason: undefined, prepared: undefined, stacks: undefined });
}
export function gateOf(inst) {
    return (inst.gate ??= { backpressure: 0, held: false, queue: [], inside: [] });
}
export const now = Promise.resolve();
export function microtask(work) {
    void now.then(work);
}
export class Call {
    borrows = 0;
    lent = [];
    parent;
    inst;
    label;
    context = [0, 0];
    mayBlock;
    exclusive = true;
    cancel = 'no';
    constructor(inst, label, mayBlock, parent) {
        this.inst = inst;
        this.label = label;
        this.mayBlock = mayBlock;
        this.parent = parent;
    }
    askToCancel() {
        if (this.cancel === 'no')
            this.cancel = 'pending';
    }
    takeCancel() {
        if (this.cancel !== 'pending')
            return false;
        this.cancel = 'told';
        return true;
    }
    get knowsCancel() {
        return this.cancel === 'told';
    }
    giveBack() {
        if (this.borrows > 0)
            this.inst.root.trap('borrow handles still remain at the end of the call');
        for (const lent of this.lent.splice(0))
            lent.lends--;
    }
}
export function currentTask(inst) {
    const { task } = inst.root;
    return task instanceof Call ? task : undefined;
}
export function starterOf(cx, what) {
    if (currentTask(cx)?.mayBlock !== true) {
        return cx.trap(`${what} would have to wait: a synchronous task cannot block before it returns`);
    }
    return stateOf(cx).stacks ?? cx.trap(`${what} would have to wait, and no stack can be suspended here`);
}
export function inside(cx, label, task, work) {
    const { at, task: before } = cx;
    cx.at = label;
    cx.task = task;
    const value = work();
    cx.at = at;
    cx.task = before;
    return value;
}
export function later(cx, work) {
    if (cx.at === '')
        alone(cx, work);
    else
        microtask(() => alone(cx, work));
}
function alone(cx, work) {
    if (cx.at !== '') {
        fail(cx, trapped(cx));
        return;
    }
    try {
        work();
    }
    catch (e) {
        fail(cx, e);
    }
}
export function trapped(cx) {
    const error = new WebAssembly.RuntimeError(`the component has trapped in ${cx.at}`);
    return because(error, cx.state?.reason);
}
export function fail(cx, reason, what = 'a task') {
    if (cx.at === '')
        cx.at = what;
    const state = stateOf(cx);
    const { pending } = state;
    state.reason ??= reason;
    const all = [...pending];
    pending.clear();
    for (const tell of all)
        tell(reason);
}
export function promised(cx, start) {
    const { pending } = stateOf(cx);
    return new Promise((resolve, reject) => {
        const broken = (reason) => {
            pending.delete(broken);
            reject(reason);
        };
        pending.add(broken);
        start((value) => {
            pending.delete(broken);
            resolve(value);
        }, broken);
    });
}
export function whenFree(inst, work) {
    if (inst.gate?.held === true)
        inst.gate.inside.push(work);
    else
        work();
}
export function release(inst) {
    const gate = gateOf(inst);
    for (const work of gate.inside.splice(0))
        microtask(() => later(inst.root, () => whenFree(inst, work)));
    openGate(inst);
}
export function openGate(inst) {
    const gate = gateOf(inst);
    if (gate.backpressure > 0 || gate.held || gate.queue.length === 0)
        return;
    microtask(() => later(inst.root, () => {
        if (gate.backpressure > 0 || gate.held)
            return;
        const start = gate.queue.shift();
        openGate(inst);
        start?.();
    }));
}
export function soon(work) {
    if (globalThis.setImmediate !== undefined) {
        globalThis.setImmediate(work);
        return;
    }
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
        port1.close();
        work();
    };
    port2.postMessage(0);
}
