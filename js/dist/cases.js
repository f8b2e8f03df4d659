import { noCase } from './checks.js';
export function storeSome(m, p, v) {
    const some = v !== undefined && v !== null;
    m.dv.setUint8(p, some ? 1 : 0);
    return some;
}
export function storeOk(m, p, v) {
    const ok = v.tag === 'ok';
    m.dv.setUint8(p, ok ? 0 : 1);
    return ok;
}
export function storeResult(m, p, v, type, field) {
    return v?.tag === 'ok' || v?.tag === 'err' ? storeOk(m, p, v) : m.cx.reject(type, v, field);
}
export function isSecond(d, type, cx) {
    return d === 1 || (d !== 0 && noCase(d, type, cx));
}
export function caseIndex(names, v, type, cx, field) {
    const d = names.indexOf(v?.tag);
    return d < 0 ? cx.reject(type, v, field) : d;
}
export function storeCase(m, v, p, offset, names, stores, type, field) {
    const d = caseIndex(names, v, type, m.cx, field);
    m.dv.setUint8(p, d);
    const store = stores[d];
    if (store !== undefined)
        store(m, v.val, p + offset, `${type}.${v.tag}`);
}
export function loadCase(m, p, offset, names, loads, type) {
    const d = m.dv.getUint8(p);
    const tag = names[d] ?? noCase(d, type, m.cx);
    const load = loads[d];
    return load === undefined ? { tag } : { tag, val: load(m, p + offset) };
}
export function liftCase(names, lifts, type, m, d, ...core) {
    const tag = names[d] ?? noCase(d, type, m.cx);
    const lift = lifts[d];
    return lift === undefined ? { tag } : { tag, val: lift(m, ...core) };
}
