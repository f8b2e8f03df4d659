import { because, describe, Trap } from './errors.js';
export class Instance {
    root;
    at = '';
    depth = 0;
    task = undefined;
    lending = undefined;
    giving = undefined;
    types = [];
    locked = false;
    state = undefined;
    gate = undefined;
    handles = undefined;
    constructor(root) {
        this.root = root ?? this;
    }
    enter(what) {
        if (this.at !== '')
            this.refuse(what);
        this.at = what;
    }
    call(what, inst = this) {
        const { at } = this;
        if (inst.locked)
            this.stuck(what);
        this.at = what;
        this.depth++;
        return at;
    }
    back(at, value) {
        this.at = at;
        this.depth--;
        return value;
    }
    trap(message) {
        throw new Trap(this.at === '' ? message : `${this.at}: ${message}`);
    }
    reject(type, value, field = '') {
        const { at } = this;
        if (this.depth === 0) {
            this.at = '';
            this.task = undefined;
        }
        return reject(type, value, field === '' ? at : `${at}: ${field}`);
    }
    refuse(what) {
        throw this.refusal(what);
    }
    refusal(what) {
        const trap = new Trap(`${what}: cannot enter the component: ${this.at} is still at work in it, or has trapped`);
        return because(trap, this.state?.reason);
    }
    stuck(what) {
        return this.trap(`cannot call ${what} while memory is allocated or freed`);
    }
}
export function reject(type, value, at) {
    throw new TypeError(`${at}: expected ${type}, got ${describe(value)}`);
}
export function required(imports, key, members = []) {
    const value = imports?.[key];
    if (value === undefined || value === null)
        throw new TypeError(`missing import: ${key}`);
    for (const member of members) {
        const found = value[member];
        if (typeof found !== 'function') {
            throw new TypeError(`missing import: ${key}: expected a function or class ${member}, got ${describe(found)}`);
        }
    }
    return value;
}
