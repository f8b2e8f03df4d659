// What scripts may import: the names are those that scripts of the component model use, wherever they are run.

/** A promise that is resolved after all that is ready has run. */
const slowly = (value) => new Promise((resolve) => setImmediate(resolve, value));

/** A module that exports a global and a function. */
// prettier-ignore
const MODULE = Uint8Array.of(
  0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, // \0asm, version 1
  1, 5, 1, 0x60, 0, 1, 0x7f, // type: () -> i32
  3, 2, 1, 0, // function
  6, 7, 1, 0x7f, 0, 0x41, 0xe4, 0, 0x0b, // global: i32.const 100
  7, 9, 2, 1, 0x67, 3, 0, 1, 0x66, 0, 0, // export "g" and "f"
  10, 7, 1, 5, 0, 0x41, 0xe5, 0, 0x0b, // code: i32.const 101
);

function check(condition, message) {
  if (!condition) throw new WebAssembly.RuntimeError(message);
}

/** Imports, with state of their own. */
export function host() {
  let drops = 0;
  let lastDrop = 0;

  class Resource1 {
    #rep;
    constructor(rep) {
      this.#rep = rep;
    }
    [Symbol.dispose]() {
      drops++;
      lastDrop = this.#rep;
    }
    simple(rep) {
      check(this.#rep === rep, 'simple: another representation');
    }
    takeBorrow(other) {
      check(other instanceof Resource1, 'takeBorrow: no resource');
    }
    takeOwn(other) {
      check(other instanceof Resource1, 'takeOwn: no resource');
    }
    neverReturn() {
      return new Promise(() => {});
    }
    static assert(resource, rep) {
      check(resource.#rep === rep, 'assert: another representation');
    }
    static lastDrop() {
      return lastDrop;
    }
    static drops() {
      return drops;
    }
  }
  class Resource2 {}

  return {
    hostEchoU32: async (v) => v,
    hostReturnTwo: () => 2,
    'host.simple-module': new WebAssembly.Module(MODULE),
    host: {
      returnThree: () => 3,
      nested: { returnFour: () => 4 },
      returnHi: () => 'hi',
      neverReturn: () => new Promise(() => {}),
      returnTwoSlowly: () => slowly(2),
      echoSlowly: (v) => slowly(v),
      Resource1,
      Resource2,
      Resource1Again: Resource1,
    },
    wasmtime: { gc: () => globalThis.gc?.(), setMaxTableCapacity: () => {} },
  };
}
