import { currentTask, fail, gateOf, release, stateOf, trapped } from './scheduler.js';
export const jspi = WebAssembly;
class Stack {
    task;
    done;
    resumed = false;
    suspended = false;
    ended = false;
    constructor(task, done) {
        this.task = task;
        this.done = done;
    }
}
class Dying extends WebAssembly.RuntimeError {
}
export function dying(e) {
    return e instanceof Dying;
}
const TYPES = { i: 0x7f, j: 0x7e, f: 0x7d, d: 0x7c, r: 0x70, x: 0x6f };
function typesOf(letters) {
    const [params, results] = letters.split(':').map((list) => [...list].map((letter) => TYPES[letter]));
    return [params, results];
}
function glue(types, imports, locals, code) {
    const vector = (...items) => [items.length, ...items.flat()];
    const section = (id, bytes) => [id, bytes.length, ...bytes];
    const type = ([params, results]) => [0x60, params.length, ...params, results.length, ...results];
    const body = [...vector(...locals.map((local) => [1, local])), ...code, 0x0b];
    const bytes = Uint8Array.from([
        ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
        ...section(1, vector(...types.map(type))),
        ...section(2, vector(...imports.map(([type], i) => [0, 1, 0x61 + i, 0, type]))),
        ...section(3, vector([0])),
        ...section(7, vector([1, 0x72, 0, imports.length])),
        ...section(10, vector([body.length, ...body])),
    ]);
    const given = Object.fromEntries(imports.map(([, f], i) => [String.fromCharCode(0x61 + i), f]));
    return new WebAssembly.Instance(new WebAssembly.Module(bytes), { '': given }).exports.r;
}
const CALL = 0x10;
const GET = 0x20;
const TEE = 0x22;
const each = (params) => params.flatMap((_, i) => [GET, i]);
function ending(f, letters, done) {
    const [params, results] = typesOf(letters);
    const types = [[params, []], [params, results], [results, []]];
    return glue(types, [[1, f], [2, done]], [], [...each(params), CALL, 0, CALL, 1]);
}
class Waiting {
    promise;
    resume;
    constructor(promise, resume) {
        this.promise = promise;
        this.resume = resume;
    }
}
const waiting = new Map();
let number = 0;
export function maySuspend(f, letters) {
    const { Suspending } = jspi;
    if (Suspending === undefined)
        return f;
    const [params, results] = typesOf(letters);
    let value;
    const attempt = (...args) => {
        value = f(...args);
        if (!(value instanceof Waiting))
            return 0;
        number = (number % 0x7fffffff) + 1;
        waiting.set(number, value);
        return number;
    };
    const suspend = new Suspending((id) => waiting.get(id).promise);
    const resume = (id) => {
        const { resume } = waiting.get(id);
        waiting.delete(id);
        return resume();
    };
    const types = [
        [params, results],
        [params, [0x7f]],
        [[0x7f], []],
        [[0x7f], results],
        [[], results],
    ];
    const imports = [[1, attempt], [2, suspend], [3, resume], [4, () => value]];
    const id = params.length;
    const code = [
        ...[...each(params), CALL, 0, TEE, id, 0x04, results[0] ?? 0x40],
        ...[GET, id, CALL, 1, GET, id, CALL, 2, 0x05, CALL, 3, 0x0b],
    ];
    return glue(types, imports, [0x7f], code);
}
function list(result) {
    if (result === undefined)
        return [];
    return Array.isArray(result) ? result : [result];
}
export class Stacks {
    cx;
    functions = new WeakMap();
    known = new WeakSet();
    stack = undefined;
    constructor(cx) {
        this.cx = cx;
    }
    static of(cx) {
        const state = stateOf(cx);
        return (state.stacks ??= new Stacks(cx));
    }
    add(core, letters) {
        if (this.known.has(core))
            return;
        this.known.add(core);
        if (jspi.promising === undefined)
            return;
        const done = (...results) => this.end(results);
        this.functions.set(core, jspi.promising(ending(core, letters, done)));
    }
    has(core) {
        return this.known.has(core);
    }
    start(label, task, core, params, done) {
        const { cx, stack: outer } = this;
        const { at, task: before, depth } = cx;
        cx.at = label;
        cx.task = task;
        const values = params();
        const promising = this.functions.get(core);
        if (promising === undefined) {
            done(...list(core(...values)));
        }
        else {
            const stack = (this.stack = new Stack(task, done));
            promising(...values).catch((e) => fail(cx, e));
            if (!stack.ended && !stack.suspended)
                throw new Dying(`${label}: what it called has trapped`);
        }
        cx.at = at;
        cx.task = before;
        cx.depth = depth;
        this.stack = outer;
    }
    end(results) {
        const stack = this.stack;
        stack.done(...results);
        stack.ended = true;
        if (stack.resumed)
            this.leave();
        release(stack.task.inst);
    }
    leave() {
        const { cx } = this;
        cx.at = '';
        cx.task = undefined;
        cx.depth = 0;
        this.stack = undefined;
    }
    get can() {
        return this.stack !== undefined && currentTask(this.cx)?.mayBlock === true;
    }
    wait(what, promise, then, failed = (reason) => {
        throw reason;
    }) {
        const { cx, stack } = this;
        const task = currentTask(cx);
        if (task?.mayBlock !== true) {
            return cx.trap(`${what} would have to wait: a synchronous task cannot block before it returns`);
        }
        if (stack === undefined || jspi.Suspending === undefined) {
            return cx.trap(jspi.Suspending === undefined
                ? `${what} has to wait, and this engine cannot suspend WebAssembly (it has no JSPI)`
                : `${what} has to wait, and the stack that calls it cannot be suspended`);
        }
        const { at, depth } = cx;
        const gate = gateOf(task.inst);
        stack.suspended = true;
        if (task.exclusive)
            gate.held = true;
        if (stack.resumed)
            this.leave();
        const resume = () => {
            if (cx.at !== '')
                throw trapped(cx);
            cx.at = at;
            cx.task = task;
            cx.depth = depth;
            this.stack = stack;
            stack.resumed = true;
            if (task.exclusive)
                gate.held = false;
        };
        let end = () => failed(undefined);
        const settled = promise.then((value) => {
            end = () => then(value);
        }, (e) => {
            end = () => failed(e);
        });
        return new Waiting(settled, () => {
            resume();
            return end();
        });
    }
    until(what, waitable, ready, then) {
        const told = new Promise((resolve) => {
            waitable.onEvent = () => {
                if (ready())
                    resolve();
            };
        });
        return this.wait(what, told, () => {
            waitable.onEvent = undefined;
            return then();
        });
    }
}
