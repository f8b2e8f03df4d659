import { because, describe, Trap } from './errors.js';
import type { Lendable, ResourceType, Scope } from './resources.js';
import type { Gate, State } from './scheduler.js';
import type { Table } from './table.js';
import type { Untouched } from './types.js';

/** An instance of a component: who may enter it, who may leave it, and what to call it in a message. */
export class Instance {
  /** The instance of the whole component; an instance inside has the one that it is in. */
  readonly root: Instance;
  /** Of the whole: what runs now, by name; empty if nothing does. A trap leaves it as it was, and nobody may enter any more. */
  at = '';
  /** Of the whole: how many imports are being called. */
  depth = 0;
  /** Of the whole: the call that is at work. */
  task: Scope | undefined = undefined;
  /** Of the whole: what is lent to an asynchronous import whose arguments are being lifted. */
  lending: Lendable[] | undefined = undefined;
  /** Of the whole: the streams and futures that go to the same. */
  giving: Untouched[] | undefined = undefined;
  /** Of the whole: types of resources, by number. */
  types: ResourceType[] = [];
  /** Whether the instance may not be left: it runs `realloc` or a post-return function. */
  locked = false;
  /** Of the whole: its asynchronous work, once there is some. */
  state: State | undefined = undefined;
  /** Who may enter it, once it has asynchronous work. */
  gate: Gate | undefined = undefined;
  /** Its handles; made by the first. */
  handles: Table | undefined = undefined;

  constructor(root?: Instance) {
    this.root = root ?? this;
  }

  /** An export is called. */
  enter(what: string): void {
    if (this.at !== '') this.refuse(what);
    this.at = what;
  }

  /** An import is called by an instance. What ran before is what to go `back` to. */
  call(what: string, inst: Instance = this): string {
    const { at } = this;
    if (inst.locked) this.stuck(what);
    this.at = what;
    this.depth++;
    return at;
  }

  /** An import is done, and gave this. */
  back<T>(at: string, value?: T): T {
    this.at = at;
    this.depth--;
    return value as T;
  }

  /** A rule was broken. */
  trap(message: string): never {
    throw new Trap(this.at === '' ? message : `${this.at}: ${message}`);
  }

  /** A value is not what its type says. If it came with a call from outside, the instance is as it was before. */
  reject(type: string, value: unknown, field = ''): never {
    const { at } = this;
    if (this.depth === 0) {
      this.at = '';
      this.task = undefined;
    }
    return reject(type, value, field === '' ? at : `${at}: ${field}`);
  }

  /** Says why nobody may enter. */
  refuse(what: string): never {
    throw this.refusal(what);
  }

  /** Why nobody may enter. */
  refusal(what: string): Trap {
    const trap = new Trap(`${what}: cannot enter the component: ${this.at} is still at work in it, or has trapped`);
    return because(trap, this.state?.reason);
  }

  /** Says why nobody may leave. */
  stuck(what: string): never {
    return this.trap(`cannot call ${what} while memory is allocated or freed`);
  }
}

/** A value is not what its type says. */
export function reject(type: string, value: unknown, at: string): never {
  throw new TypeError(`${at}: expected ${type}, got ${describe(value)}`);
}

/** What a component imports, if it is there, with all the functions and classes that it needs. */
export function required<T extends object, K extends keyof T & string>(
  imports: T | undefined,
  key: K,
  members: readonly string[] = [],
): T[K] {
  const value = imports?.[key];
  if (value === undefined || value === null) throw new TypeError(`missing import: ${key}`);
  for (const member of members) {
    const found = (value as Record<string, unknown>)[member];
    if (typeof found !== 'function') {
      throw new TypeError(`missing import: ${key}: expected a function or class ${member}, got ${describe(found)}`);
    }
  }
  return value;
}
