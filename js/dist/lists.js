export function lowerNumbers(m, Class, type, v, field) {
    const size = Class.BYTES_PER_ELEMENT;
    if (!(v instanceof Class) && !Array.isArray(v))
        m.cx.reject(type, v, field);
    const ptr = m.alloc(size, v.length * size);
    storeNumbers(m, Class, type, v, ptr, field);
    return ptr;
}
export function storeNumbers(m, Class, type, v, ptr, field) {
    const to = new Class(m.u8.buffer, ptr, v.length);
    if (v instanceof Class) {
        to.set(v);
        return;
    }
    const float = Class.name.startsWith('F');
    const kind = Class.name.startsWith('B') ? 'bigint' : 'number';
    const values = v;
    for (let i = 0; i < values.length; i++) {
        const value = values[i];
        if (typeof value !== kind)
            m.cx.reject(elementOf(type), value, `${field ?? ''}[${i}]`);
        to[i] = value;
        if (!float && to[i] !== value)
            m.cx.reject(elementOf(type), value, `${field ?? ''}[${i}]`);
    }
}
const elementOf = (type) => type.slice('list<'.length, -1).split(',')[0];
export function liftNumbers(m, Class, type, ptr, len) {
    const size = Class.BYTES_PER_ELEMENT;
    len >>>= 0;
    return new Class(m.u8.buffer, m.at(ptr, size, len * size, type), len).slice();
}
export function listAt(m, ptr, len, align, size, type) {
    return m.at(ptr, align, (len >>> 0) * size, type);
}
export function storeFixed(m, Class, type, v, ptr, n) {
    if (v?.length !== n)
        m.cx.reject(type, v);
    storeNumbers(m, Class, type, v, ptr);
}
export function storePair(m, p, ptr, len) {
    const { dv } = m;
    dv.setUint32(p, ptr, true);
    dv.setUint32(p + 4, len, true);
}
export function allocList(m, p, list, align, size, type, field) {
    if (!Array.isArray(list))
        m.cx.reject(type, list, field);
    const to = m.alloc(align, list.length * size);
    storePair(m, p, to, list.length);
    return to;
}
export function numbersIn(m, Class, type) {
    return {
        m,
        size: Class.BYTES_PER_ELEMENT,
        align: Class.BYTES_PER_ELEMENT,
        pure: true,
        load: (p, n) => liftNumbers(m, Class, type, p, n),
        store: (p, values) => storeNumbers(m, Class, type, values, p),
    };
}
