import { tableOf } from './table.js';
export class Handle {
    lends = 0;
    type;
    rep;
    scope;
    own;
    constructor(type, rep, own, scope) {
        this.type = type;
        this.rep = rep;
        this.own = own;
        this.scope = scope;
    }
}
const HELD = Symbol('held');
const DISPOSE = Symbol.dispose ?? Symbol.for('dispose');
export class ResourceType {
    Class = undefined;
    dtor = undefined;
    cx;
    name;
    definer;
    forgotten = undefined;
    constructor(cx, name, definer) {
        this.cx = cx;
        this.name = name;
        this.definer = definer;
    }
    watch(object, held) {
        this.forgotten ??= new FinalizationRegistry((held) => {
            if (this.cx.at === '')
                this.destroy(held.rep);
        });
        this.forgotten.register(object, held, held);
    }
    unwatch(held) {
        this.forgotten?.unregister(held);
    }
    destroy(rep) {
        if (this.dtor === undefined)
            return;
        this.cx.enter(`drop of ${this.name}`);
        this.dtor(rep);
        this.cx.at = '';
    }
}
export class Resource {
    [HELD];
    constructor(from) {
        const held = from[HELD];
        if (held === undefined)
            throw new TypeError('there is nothing to hold');
        held.type.unwatch(held);
        from[HELD] = undefined;
        this[HELD] = held;
        held.type.watch(this, held);
    }
    static wrap(type, rep, own) {
        const object = Object.create((type.Class ?? Resource).prototype);
        const held = { type, rep, own, lends: 0 };
        object[HELD] = held;
        if (own)
            type.watch(object, held);
        return object;
    }
    static held(cx, type, object, field) {
        const held = object instanceof Resource ? object[HELD] : undefined;
        if (held?.type === type)
            return held;
        const gone = object instanceof (type.Class ?? Resource);
        return cx.reject(gone ? `a ${type.name} that is not disposed of` : type.name, object, field);
    }
    static release(object) {
        object[HELD]?.type.unwatch(object[HELD]);
        object[HELD] = undefined;
    }
    [DISPOSE]() {
        const held = this[HELD];
        if (held === undefined)
            return;
        if (held.lends > 0)
            throw new TypeError(`this ${held.type.name} is in use by a call that has not ended`);
        if (held.own && held.type.dtor !== undefined && held.type.cx.at !== '') {
            held.type.cx.refuse(`drop of ${held.type.name}`);
        }
        Resource.release(this);
        if (held.own)
            held.type.destroy(held.rep);
    }
}
function handle(inst, type, index) {
    const entry = tableOf(inst).get(index);
    if (!(entry instanceof Handle))
        return inst.root.trap(`unknown handle index ${index >>> 0} of a ${type.name}`);
    if (entry.type !== type)
        inst.root.trap(`handle index ${index >>> 0} is not a ${type.name}`);
    return entry;
}
function borrow(inst, type, rep) {
    const scope = inst.root.task;
    if (scope !== undefined)
        scope.borrows++;
    return tableOf(inst).add(new Handle(type, rep, false, scope), inst.root);
}
function lend(inst, what) {
    const scope = inst.root.task;
    if (scope === undefined)
        return;
    what.lends++;
    scope.lent.push(what);
}
export function liftOwn(m, number, index) {
    const type = m.cx.types[number];
    const h = takeOwn(m.inst, type, index);
    return type.definer === undefined ? h.rep : Resource.wrap(type, h.rep, true);
}
export function takeOwn(inst, type, index) {
    const h = handle(inst, type, index);
    if (!h.own)
        inst.root.trap(`cannot give away a borrowed ${type.name}`);
    if (h.lends > 0)
        inst.root.trap(`cannot give away a ${type.name} while it is borrowed`);
    tableOf(inst).remove(index);
    return h;
}
export function liftBorrow(m, number, index) {
    const type = m.cx.types[number];
    const h = handle(m.inst, type, index);
    const { lending } = m.cx;
    if (lending !== undefined) {
        h.lends++;
        lending.push(h);
    }
    return type.definer === undefined ? h.rep : Resource.wrap(type, h.rep, false);
}
export function endLending(cx) {
    for (const lent of cx.lending)
        lent.lends--;
    cx.lending = undefined;
}
export function lowerOwn(m, number, v, field) {
    const { cx, inst } = m;
    const type = cx.types[number];
    if (type.definer === undefined) {
        if (typeof v !== 'object' || v === null)
            cx.reject(type.name, v, field);
        return tableOf(inst).add(new Handle(type, v, true), cx);
    }
    const held = Resource.held(cx, type, v, field);
    if (!held.own || held.lends > 0)
        cx.reject(`a ${type.name} that is not borrowed`, v, field);
    Resource.release(v);
    return tableOf(inst).add(new Handle(type, held.rep, true), cx);
}
export function storeOwn(m, p, number, v, field) {
    m.dv.setUint32(p, lowerOwn(m, number, v, field), true);
}
export function lowerBorrow(m, number, v, field) {
    const { cx, inst } = m;
    const type = cx.types[number];
    if (type.definer === undefined) {
        if (typeof v !== 'object' || v === null)
            cx.reject(type.name, v, field);
        return borrow(inst, type, v);
    }
    const held = Resource.held(cx, type, v, field);
    lend(inst, held);
    return borrow(inst, type, held.rep);
}
export function lowerRep(m, number, v, field) {
    const held = Resource.held(m.cx, m.cx.types[number], v, field);
    lend(m.inst, held);
    return held.rep;
}
export function resourceNew(inst, number, rep) {
    const type = inst.root.types[number];
    if (inst.locked)
        inst.root.stuck('resource.new');
    return tableOf(inst).add(new Handle(type, rep, true), inst.root);
}
export function resourceRep(inst, number, index) {
    return handle(inst, inst.root.types[number], index).rep;
}
export function resourceDrop(inst, number, index) {
    const cx = inst.root;
    const type = cx.types[number];
    if (inst.locked)
        cx.stuck('resource.drop');
    const h = handle(inst, type, index);
    if (h.lends > 0)
        cx.trap(`cannot drop a ${type.name} while it is borrowed`);
    tableOf(inst).remove(index);
    if (!h.own) {
        if (h.scope !== undefined)
            h.scope.borrows--;
    }
    else if (type.definer === undefined) {
        const object = h.rep;
        if (typeof object[DISPOSE] === 'function') {
            const at = cx.call(`drop of ${type.name}`);
            object[DISPOSE]();
            cx.back(at);
        }
    }
    else {
        type.dtor?.(h.rep);
    }
}
export function beginScope(cx) {
    cx.task = { borrows: 0, lent: [], parent: cx.task };
}
export function endScope(cx) {
    const scope = cx.task;
    if (scope === undefined)
        return;
    if (scope.borrows > 0)
        cx.trap('borrow handles still remain at the end of the call');
    for (const lent of scope.lent)
        lent.lends--;
    cx.task = scope.parent;
}
export function moveOwn(from, to, index) {
    const h = takeOwn(from.inst, from.type, index);
    return tableOf(to.inst).add(new Handle(to.type, h.rep, true), to.inst.root);
}
export function moveBorrow(from, to, index) {
    const h = handle(from.inst, from.type, index);
    lend(to.inst, h);
    return to.type.definer === to.inst ? h.rep : borrow(to.inst, to.type, h.rep);
}
