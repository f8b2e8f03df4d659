export class ComponentError extends Error {
    payload;
    constructor(payload, message = describe(payload)) {
        super(message);
        this.name = new.target.name;
        this.payload = payload;
    }
}
export class Trap extends WebAssembly.RuntimeError {
    name = 'Trap';
}
export function because(error, cause) {
    if (cause !== undefined)
        error.cause = cause;
    return error;
}
export function payloadOf(thrown) {
    if (thrown instanceof Error) {
        if ('payload' in thrown)
            return thrown.payload;
        throw thrown;
    }
    return thrown;
}
export function attempt(call) {
    try {
        return { tag: 'ok', val: call() };
    }
    catch (e) {
        return { tag: 'err', val: payloadOf(e) };
    }
}
export function describe(value) {
    switch (typeof value) {
        case 'string':
            return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
        case 'bigint':
            return `${value}n`;
        case 'function':
            return 'a function';
        case 'object':
            break;
        default:
            return String(value);
    }
    if (value === null)
        return 'null';
    if (Array.isArray(value))
        return `an array of ${value.length}`;
    if ('tag' in value && typeof value.tag === 'string') {
        return 'val' in value && value.val !== undefined ? `${value.tag}: ${describe(value.val)}` : value.tag;
    }
    const name = value.constructor?.name;
    return typeof name === 'string' && name !== 'Object' ? `a value of class ${name}` : 'an object';
}
