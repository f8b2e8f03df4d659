/** Compiles a core module at once, from the file system. */
export function loadSync(url: URL): WebAssembly.Module {
  const node = url.protocol === 'file:' ? globalThis.process?.getBuiltinModule?.('node:fs') : undefined;
  if (!node) throw new Error(`${url}: only a file can be loaded synchronously; give \`instantiate\` a module`);
  return new WebAssembly.Module(node.readFileSync(url));
}
