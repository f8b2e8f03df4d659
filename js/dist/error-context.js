import { tableOf } from './table.js';
class Context {
    debugMessage;
    constructor(debugMessage) {
        this.debugMessage = debugMessage;
    }
}
function contextAt(inst, index) {
    const entry = tableOf(inst).get(index);
    return entry instanceof Context ? entry : inst.root.trap(`handle index ${index >>> 0} is not an error context`);
}
export function errorContextNew(inst, message) {
    if (inst.locked)
        inst.root.stuck('error-context.new');
    return tableOf(inst).add(new Context(message), inst.root);
}
export function errorContextMessage(inst, index) {
    if (inst.locked)
        inst.root.stuck('error-context.debug-message');
    return contextAt(inst, index).debugMessage;
}
export function errorContextDrop(inst, index) {
    if (inst.locked)
        inst.root.stuck('error-context.drop');
    contextAt(inst, index);
    tableOf(inst).remove(index);
}
export function liftErrorContext(inst, index) {
    return contextAt(inst, index);
}
export function lowerErrorContext(inst, v, field) {
    if (typeof v?.debugMessage !== 'string')
        inst.root.reject('error-context', v, field);
    const context = v instanceof Context ? v : new Context(v.debugMessage);
    return tableOf(inst).add(context, inst.root);
}
export function transferErrorContext(tables, index, from, to) {
    const context = contextAt(tables[from], index);
    return tableOf(tables[to]).add(context, tables[to].root);
}
