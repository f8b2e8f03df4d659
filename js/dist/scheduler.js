export function stateOf(inst) {
    return (inst.root.state ??= { pending: new Set(), resuming: false, prepared: undefined, yields: 0 });
}
export function gateOf(inst) {
    return (inst.gate ??= { backpressure: 0, held: false, queue: [] });
}
const now = Promise.resolve();
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
        if (stateOf(cx).resuming) {
            microtask(() => alone(cx, work));
            return;
        }
        fail(cx, new WebAssembly.RuntimeError(`the component has trapped in ${cx.at}`));
        return;
    }
    try {
        work();
    }
    catch (e) {
        fail(cx, e);
    }
}
export function fail(cx, reason) {
    if (cx.at === '')
        cx.at = 'a task';
    const { pending } = stateOf(cx);
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
const PATIENCE = 100;
export function soon(cx, work) {
    const state = stateOf(cx);
    if (++state.yields < PATIENCE) {
        microtask(work);
        return;
    }
    state.yields = 0;
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
