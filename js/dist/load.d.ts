/** Compiles a core module: from the file system in Node, from where the package came from in a browser. */
export declare function load(url: URL): Promise<WebAssembly.Module>;
