const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const utf16 = new TextDecoder('utf-16le', { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();
const UTF16 = 0x80000000;
function bytes(m, ptr, n) {
    return m.u8.subarray(ptr >>> 0, (ptr >>> 0) + (n >>> 0));
}
function units(m, ptr, n) {
    return new Uint16Array(m.u8.buffer, ptr >>> 0, n >>> 0);
}
function text8(m, ptr, n) {
    try {
        return utf8.decode(bytes(m, ptr, n));
    }
    catch {
        return m.cx.trap('string is not valid UTF-8');
    }
}
function text16(m, ptr, n) {
    try {
        return utf16.decode(bytes(m, ptr, (n >>> 0) * 2));
    }
    catch {
        return m.cx.trap('string is not valid UTF-16');
    }
}
function put(to, s, from = 0) {
    for (let i = 0; i < s.length; i++)
        to[from + i] = s.charCodeAt(i);
}
export function copyUtf8(from, to, src, n, dst) {
    text8(from, src, n);
    bytes(to, dst, n).set(bytes(from, src, n));
}
export function copyUtf16(from, to, src, n, dst) {
    text16(from, src, n);
    units(to, dst, n).set(units(from, src, n));
}
export function copyLatin1(from, to, src, n, dst) {
    bytes(to, dst, n).set(bytes(from, src, n));
}
export function latin1ToUtf16(from, to, src, n, dst) {
    units(to, dst, n).set(bytes(from, src, n));
}
export function latin1ToUtf8(from, to, src, n, dst, room) {
    const source = bytes(from, src, n);
    const target = bytes(to, dst, room);
    let written = 0;
    for (let i = 0; i < source.length; i++) {
        const c = source[i];
        if (written + (c > 0x7f ? 2 : 1) > target.length)
            return [i, written];
        if (c > 0x7f) {
            target[written++] = 0xc0 | (c >> 6);
            target[written++] = 0x80 | (c & 0x3f);
        }
        else {
            target[written++] = c;
        }
    }
    return [source.length, written];
}
export function utf16ToUtf8(from, to, src, n, dst, room) {
    const { read, written } = encoder.encodeInto(text16(from, src, n), bytes(to, dst, room));
    return [read, written];
}
export function utf8ToUtf16(from, to, src, n, dst) {
    const s = text8(from, src, n);
    put(units(to, dst, s.length), s);
    return s.length;
}
function latin1Prefix(s) {
    let i = 0;
    while (i < s.length && s.charCodeAt(i) <= 0xff)
        i++;
    return i;
}
function putLatin1(to, s, n) {
    for (let i = 0; i < n; i++)
        to[i] = s.charCodeAt(i);
}
export function utf8ToLatin1(from, to, src, n, dst) {
    const s = text8(from, src, n);
    const written = latin1Prefix(s);
    putLatin1(bytes(to, dst, written), s, written);
    return [encoder.encode(s.slice(0, written)).length, written];
}
export function utf16ToLatin1(from, to, src, n, dst) {
    const s = text16(from, src, n);
    const written = latin1Prefix(s);
    putLatin1(bytes(to, dst, written), s, written);
    return [written, written];
}
function widen(to, dst, rest, latin1) {
    const all = units(to, dst, latin1 + rest.length);
    for (let i = latin1 - 1; i >= 0; i--)
        all[i] = to.u8[(dst >>> 0) + i];
    put(all, rest, latin1);
    return latin1 + rest.length;
}
export function utf8ToCompactUtf16(from, to, src, n, dst, _room, latin1) {
    return widen(to, dst, text8(from, src, n), latin1);
}
export function utf16ToCompactUtf16(from, to, src, n, dst, _room, latin1) {
    return widen(to, dst, text16(from, src, n), latin1);
}
export function utf16ToCompactProbablyUtf16(from, to, src, n, dst) {
    const s = text16(from, src, n);
    if (latin1Prefix(s) === s.length) {
        putLatin1(bytes(to, dst, s.length), s, s.length);
        return s.length;
    }
    put(units(to, dst, s.length), s);
    return s.length | UTF16;
}
