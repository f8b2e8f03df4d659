export function reading(contents, settled, errorOf, origin) {
    const pieces = piecesOf(contents);
    let end;
    const ended = new Promise((resolve) => (end = resolve));
    const outcome = outcomeOf(settled, errorOf);
    const stream = new ReadableStream({
        async pull(controller) {
            try {
                const piece = await pieces.next();
                if (piece !== undefined)
                    return controller.enqueue(bytesOf(piece));
                end();
            }
            catch (e) {
                end({ tag: 'err', val: errorOf(e) });
            }
            controller.close();
        },
        cancel() {
            end({ tag: 'ok' });
            pieces.stop();
            origin?.close();
        },
    }, { highWaterMark: 0 });
    return [stream, ended.then((early) => early ?? outcome)];
}
export async function outcomeOf(settled, errorOf) {
    try {
        const value = await settled;
        return isTagged(value) ? value : { tag: 'ok' };
    }
    catch (e) {
        return { tag: 'err', val: errorOf(e) };
    }
}
export const isTagged = (v) => typeof v === 'object' && v !== null && 'tag' in v && typeof v.tag === 'string';
export const payload = (e) => (e instanceof Error && 'payload' in e ? e.payload : undefined);
export function piecesOf(contents) {
    if (contents === undefined || contents === null)
        return { next: async () => undefined, stop: () => undefined };
    const reader = (contents instanceof ReadableStream ? contents.getReader() : contents);
    return {
        async next() {
            const next = await reader.read();
            const result = typeof next === 'object' && next !== null && 'done' in next ? next : undefined;
            if (result === undefined)
                return next ?? undefined;
            return result.done === true ? undefined : result.value;
        },
        stop: () => void Promise.resolve(reader.cancel()).catch(() => undefined),
    };
}
function bytesOf(piece) {
    if (piece instanceof Uint8Array)
        return piece;
    if (typeof piece === 'number')
        return Uint8Array.of(piece);
    throw new TypeError('expected bytes in pieces that are a Uint8Array');
}
