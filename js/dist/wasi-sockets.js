import { isTagged, outcomeOf, payload, piecesOf, reading } from './wasi-streams.js';
const DISPOSE = Symbol.dispose ?? Symbol.for('dispose');
function codeOf(e) {
    const code = payload(e);
    return isTagged(code) ? code : { tag: 'other', val: String(e) };
}
class Accepted {
    pieces;
    adopt;
    over = false;
    close = undefined;
    constructor(contents, adopt) {
        this.pieces = piecesOf(contents);
        this.adopt = adopt;
    }
    async next() {
        const socket = (await this.pieces.next().catch(() => undefined));
        if (socket === undefined)
            this.end();
        else if (this.over)
            socket[DISPOSE]?.();
        else
            return { done: false, value: this.adopt(socket) };
        return { done: true, value: undefined };
    }
    async return() {
        this.pieces.stop();
        this.end();
        return { done: true, value: undefined };
    }
    [Symbol.asyncIterator]() {
        return this;
    }
    end() {
        this.over = true;
        this.close?.();
        this.close = undefined;
    }
    after(close) {
        if (this.over)
            close();
        else
            this.close = close;
    }
}
export function socketTypes(types) {
    const Shim = types.TcpSocket;
    class TcpSocket extends Shim {
        static create(family) {
            return TcpSocket.of(super.create(family));
        }
        static of(socket) {
            return Object.setPrototypeOf(socket, TcpSocket.prototype);
        }
        listen() {
            this.accepted = new Accepted(super.listen(), (socket) => TcpSocket.of(socket));
            return this.accepted;
        }
        async send(data) {
            const outcome = await outcomeOf(super.send(data), codeOf);
            if (outcome.tag === 'err' && !data.locked)
                void data.cancel().catch(() => undefined);
            return outcome;
        }
        receive() {
            const [contents, end] = super.receive();
            return reading(contents, end, codeOf);
        }
        [DISPOSE]() {
            const close = () => super[DISPOSE]?.();
            if (this.accepted === undefined)
                close();
            else
                this.accepted.after(close);
        }
    }
    return { ...types, TcpSocket };
}
