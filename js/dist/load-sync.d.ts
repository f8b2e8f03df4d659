/** Compiles a core module at once, from the file system. */
export declare function loadSync(url: URL): WebAssembly.Module;
