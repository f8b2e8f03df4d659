export function loadSync(url) {
    const node = url.protocol === 'file:' ? globalThis.process?.getBuiltinModule?.('node:fs') : undefined;
    if (!node)
        throw new Error(`${url}: only a file can be loaded synchronously; give \`instantiate\` a module`);
    return new WebAssembly.Module(node.readFileSync(url));
}
