import { reading } from './wasi-streams.js';
export function cliStdin(shim) {
    return {
        ...shim,
        readViaStream() {
            const [contents, end] = shim.readViaStream();
            return reading(contents, end, () => 'io');
        },
    };
}
