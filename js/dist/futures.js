import { HostRead, HostWrite } from './copies.js';
import { Shared } from './ends.js';
import { addEnd, takeEnd } from './guest-ends.js';
import { fail, later, promised } from './scheduler.js';
export { cancelRead as futureCancelRead, cancelWrite as futureCancelWrite, dropReadable as futureDropReadable, dropWritable as futureDropWritable, makeEnds as futureNew, readEnd as futureRead, transferEnd as transferFuture, writeEnd as futureWrite, } from './guest-ends.js';
export function single(m, size, align, load, store, pure = false) {
    return { m, size, align, pure, load: (p) => [load(m, p)], store: (p, values) => store(m, values[0], p) };
}
const DISPOSE = Symbol.dispose ?? Symbol.for('dispose');
class FutureReader extends Promise {
    start = undefined;
    stop = undefined;
    static get [Symbol.species]() {
        return Promise;
    }
    static of(read, stop) {
        let resolve;
        let reject;
        const future = new FutureReader((yes, no) => {
            resolve = yes;
            reject = no;
        });
        future.start = () => void read().then(resolve, reject);
        future.stop = stop;
        return future;
    }
    then(onValue, onError) {
        const { start } = this;
        this.start = undefined;
        start?.();
        return super.then(onValue, onError);
    }
    abandon() {
        if (this.start !== undefined)
            this[DISPOSE]();
    }
    [DISPOSE]() {
        const { stop } = this;
        this.start = this.stop = undefined;
        stop?.();
    }
}
function readFuture(cx, shared) {
    return promised(cx, (resolve, reject) => {
        const read = new HostRead(shared, 1, (values) => {
            if (values === undefined)
                reject(new Error(`${shared.label} was dropped before it was written`));
            else
                resolve(values[0]);
        });
        later(cx, () => read.start());
    });
}
export function liftFuture(inst, type, index) {
    const shared = takeEnd(inst, type, index);
    const future = FutureReader.of(() => readFuture(inst.root, shared), () => shared.drop());
    inst.root.giving?.push(future);
    return future;
}
export function laterFuture(call) {
    const future = (async () => (await call()))();
    return FutureReader.of(() => future.then(([future]) => future), () => void future.then(([future]) => future?.[DISPOSE](), () => undefined));
}
export function lowerFuture(inst, type, v) {
    const cx = inst.root;
    const shared = new Shared(type, cx.at);
    shared.onWant = () => {
        shared.onWant = undefined;
        Promise.resolve(v).then((value) => {
            shared.onDrop = undefined;
            const write = new HostWrite(shared, [value], () => undefined);
            later(cx, () => write.start());
        }, (e) => {
            if (!shared.dropped)
                fail(cx, e, shared.label);
        });
    };
    shared.onDrop = () => v?.[DISPOSE]?.();
    return addEnd(inst, shared, true);
}
