/** The little of Node that the runtime uses where it is there. */
declare global {
  var process:
    | {
        getBuiltinModule?: (name: 'node:fs') =>
          | {
              readFileSync(path: URL): Uint8Array<ArrayBuffer>;
              promises: { readFile(path: URL): Promise<Uint8Array<ArrayBuffer>> };
            }
          | undefined;
      }
    | undefined;
  var setImmediate: ((f: () => void) => unknown) | undefined;
}
export {};
