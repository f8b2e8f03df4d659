const fs = (url: URL) => (url.protocol === 'file:' ? globalThis.process?.getBuiltinModule?.('node:fs') : undefined);

/** Compiles a core module: from the file system in Node, from where the package came from in a browser. */
export async function load(url: URL): Promise<WebAssembly.Module> {
  const node = fs(url);
  if (node) return WebAssembly.compile(await node.promises.readFile(url));
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status} ${response.statusText}`);
  return response.headers.get('content-type') === 'application/wasm'
    ? WebAssembly.compileStreaming(response)
    : WebAssembly.compile(await response.arrayBuffer());
}
