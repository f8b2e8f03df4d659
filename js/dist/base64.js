export function base64(text) {
    return Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
}
