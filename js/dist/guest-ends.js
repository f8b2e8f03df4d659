import { End, Shared } from './ends.js';
import { GuestCopy } from './guest-copy.js';
import { starterOf } from './scheduler.js';
import { BLOCKED } from './subtasks.js';
import { tableOf } from './table.js';
export function makeEnds(inst, type) {
    const cx = inst.root;
    if (inst.locked)
        cx.stuck(`${type} new`);
    const shared = new Shared(type, cx.at);
    const readable = addEnd(inst, shared, true);
    const writable = addEnd(inst, shared, false);
    return BigInt(readable) | (BigInt(writable) << 32n);
}
export function addEnd(inst, shared, readable) {
    const end = new End(shared, readable);
    end.index = tableOf(inst).add(end, inst.root);
    return end.index;
}
export function endAt(inst, type, readable, index) {
    const end = tableOf(inst).get(index);
    if (!(end instanceof End) || end.readable !== readable || end.shared.type !== type) {
        return inst.root.trap(`handle index ${index >>> 0} is not a ${readable ? 'readable' : 'writable'} end of a ${type}`);
    }
    return end;
}
export function takeEnd(inst, type, index) {
    const end = endAt(inst, type, true, index);
    if (end.state === 'done')
        inst.root.trap(`cannot give away a ${type} that has ended`);
    if (end.state !== 'idle')
        inst.root.trap(`cannot give away a ${type} that is being read`);
    if (end.joined)
        inst.root.trap(`cannot give away a ${type} that is in a waitable set`);
    tableOf(inst).remove(index);
    end.leave();
    return end.shared;
}
export function readEnd(inst, type, elements, async, index, ptr, n = 1) {
    return copyEnd(inst, type, true, elements, async, index, ptr, n);
}
export function writeEnd(inst, type, elements, async, index, ptr, n = 1) {
    return copyEnd(inst, type, false, elements, async, index, ptr, n);
}
function copyEnd(inst, type, readable, elements, async, index, ptr, n) {
    const cx = inst.root;
    if (inst.locked)
        cx.stuck(`${readable ? 'read' : 'write'} of a ${type}`);
    const end = endAt(inst, type, readable, index);
    if (end.state === 'done')
        cx.trap(`the ${type} has ended`);
    if (end.state !== 'idle')
        cx.trap(`the ${type} is being ${readable ? 'read' : 'written'} already`);
    if (end.joined && !async)
        cx.trap(`cannot wait for a ${type} that is in a waitable set`);
    const mine = new GuestCopy(inst, end, elements, ptr, n);
    end.state = 'copying';
    const result = readable ? end.shared.read(mine) : end.shared.write(mine);
    if (result !== undefined) {
        end.forget();
        return mine.result(result);
    }
    if (async)
        return BLOCKED;
    return starterOf(cx, `the ${type}`).until(`the ${type}`, end, () => end.hasEvent, () => end.take()[2]);
}
export function cancelRead(inst, type, async, index) {
    return cancelEnd(inst, type, true, async, index);
}
export function cancelWrite(inst, type, async, index) {
    return cancelEnd(inst, type, false, async, index);
}
function cancelEnd(inst, type, readable, async, index) {
    const cx = inst.root;
    if (inst.locked)
        cx.stuck(`cancel of a ${type}`);
    const end = endAt(inst, type, readable, index);
    if (end.state !== 'copying')
        cx.trap(`there is nothing to cancel: the ${type} is not being copied`);
    if (end.joined && !async)
        cx.trap(`cannot cancel a ${type} that is in a waitable set`);
    end.state = 'cancelling';
    if (!end.hasEvent)
        end.shared.cancel();
    return end.hasEvent ? end.take()[2] : BLOCKED;
}
export function dropReadable(inst, type, index) {
    dropEnd(inst, type, true, index);
}
export function dropWritable(inst, type, index) {
    dropEnd(inst, type, false, index);
}
function dropEnd(inst, type, readable, index) {
    const cx = inst.root;
    if (inst.locked)
        cx.stuck(`drop of a ${type}`);
    const end = endAt(inst, type, readable, index);
    if (end.copying)
        cx.trap(`cannot drop a ${type} that is being copied`);
    if (end.future && !readable && end.state !== 'done') {
        cx.trap(`cannot drop the writable end of a ${type} before it was written`);
    }
    end.join(undefined);
    tableOf(inst).remove(index);
    end.leave();
    end.shared.drop();
}
export function transferEnd(tables, index, from, to) {
    const source = tables[from];
    return addEnd(tables[to].inst, takeEnd(source.inst, source.type, index), true);
}
