import { DROPPED, Shared, Sink, Supply } from './ends.js';
import { addEnd, cancelEnd, copyEnd, dropEnd, makeEnds, takeEnd } from './guest-ends.js';
import { fail, later, promised } from './scheduler.js';
export const futureNew = makeEnds;
export function futureRead(inst, type, elements, async, index, ptr) {
    return copyEnd(inst, type, true, elements, async, index, ptr, 1);
}
export function futureWrite(inst, type, elements, async, index, ptr) {
    return copyEnd(inst, type, false, elements, async, index, ptr, 1);
}
export function futureCancelRead(inst, type, async, index) {
    return cancelEnd(inst, type, true, async, index);
}
export function futureCancelWrite(inst, type, async, index) {
    return cancelEnd(inst, type, false, async, index);
}
export function futureDropReadable(inst, type, index) {
    dropEnd(inst, type, true, index);
}
export function futureDropWritable(inst, type, index) {
    dropEnd(inst, type, false, index);
}
export function liftFuture(inst, type, index) {
    const cx = inst.root;
    const shared = takeEnd(inst, type, index);
    const value = promised(cx, (resolve, reject) => {
        const buffer = new Sink(1);
        const read = () => shared.read({
            inst: undefined,
            buffer,
            copied: (takeBack) => {
                takeBack();
                resolve(buffer.take()[0]);
            },
            done: (result) => {
                if (result === DROPPED)
                    reject(new Error(`the ${type} was dropped before it was written`));
                else
                    resolve(buffer.take()[0]);
            },
        });
        queueMicrotask(() => later(cx, read));
    });
    value.catch(() => undefined);
    return value;
}
export function lowerFuture(inst, type, v, field) {
    const cx = inst.root;
    if (typeof v?.then !== 'function')
        cx.reject(type, v, field);
    const shared = new Shared(type);
    v.then((value) => {
        const write = () => shared.write({
            inst: undefined,
            buffer: new Supply([value]),
            copied: (takeBack) => takeBack(),
            done: () => undefined,
        });
        later(cx, write);
    }, (e) => {
        if (!shared.dropped)
            fail(cx, e);
    });
    return addEnd(inst, shared, true);
}
export function transferFuture(tables, index, from, to) {
    const source = tables[from];
    return addEnd(tables[to].inst, takeEnd(source.inst, source.type, index), true);
}
