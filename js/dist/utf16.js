const decoder = new TextDecoder('utf-16le', { fatal: true, ignoreBOM: true });
const MANY = 4096;
const UTF16 = 0x80000000;
export function lowerUtf16(m, s, field) {
    if (typeof s !== 'string')
        m.cx.reject('string', s, field);
    s = s.toWellFormed();
    const units = s.length;
    const ptr = m.alloc(2, units * 2);
    const to = new Uint16Array(m.u8.buffer, ptr, units);
    for (let i = 0; i < units; i++)
        to[i] = s.charCodeAt(i);
    m.len = units;
    return ptr;
}
export function liftUtf16(m, ptr, len) {
    const size = (len >>> 0) * 2;
    ptr = m.at(ptr, 2, size, 'string');
    try {
        return decoder.decode(m.u8.subarray(ptr, ptr + size));
    }
    catch {
        return m.cx.trap('string is not valid UTF-16');
    }
}
export function lowerLatin1(m, s, field) {
    if (typeof s !== 'string')
        m.cx.reject('string', s, field);
    const units = s.length;
    for (let i = 0; i < units; i++) {
        if (s.charCodeAt(i) > 0xff) {
            const ptr = lowerUtf16(m, s);
            m.len = (m.len | UTF16) >>> 0;
            return ptr;
        }
    }
    const ptr = m.alloc(2, units);
    const { u8 } = m;
    for (let i = 0; i < units; i++)
        u8[ptr + i] = s.charCodeAt(i);
    m.len = units;
    return ptr;
}
export function liftLatin1(m, ptr, len) {
    if ((len & UTF16) !== 0)
        return liftUtf16(m, ptr, len ^ UTF16);
    len >>>= 0;
    ptr = m.at(ptr, 2, len, 'string');
    const { u8 } = m;
    let s = '';
    for (let i = ptr; i < ptr + len; i += MANY) {
        s += String.fromCharCode(...u8.subarray(i, Math.min(i + MANY, ptr + len)));
    }
    return s;
}
