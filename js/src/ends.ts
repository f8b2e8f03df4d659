import { CANCELLED, COMPLETED, DROPPED, type Party } from './copies.js';
import { FUTURE_READ, FUTURE_WRITE, STREAM_READ, STREAM_WRITE, Waitable } from './waitables.js';

const remain = (party: Party): number => party.length - party.progress;

/** Copies as much as there is, and as there is room for. */
function copy(from: Party, to: Party): void {
  const n = Math.min(remain(from), remain(to));
  if (n > 0) to.take(from, n);
}

/** What both ends of a stream or a future share. */
export class Shared {
  dropped = false;
  /** Called when an end is dropped. */
  onDrop: (() => void) | undefined = undefined;
  /** Called when somebody wants to read, and nobody writes yet. */
  onWant: (() => void) | undefined = undefined;
  /** The ends that components have. */
  reader: End | undefined = undefined;
  writer: End | undefined = undefined;
  /** `stream<u8>`. */
  readonly type: string;
  readonly future: boolean;
  /** What ran when it was made, and for which argument. */
  private readonly from: string;
  private pending: Party | undefined = undefined;

  constructor(type: string, from: string) {
    this.type = type;
    this.from = from;
    this.future = type.startsWith('future');
  }

  /** Reads. The result is undefined if the party has to wait, and is told then. */
  read(mine: Party): number | undefined {
    const { pending } = this;
    if (this.dropped) return DROPPED;
    if (pending === undefined) {
      this.pending = mine;
      this.onWant?.();
      return undefined;
    }
    checkLocal(this, mine, pending);
    if (remain(pending) === 0) return this.replace(mine);
    if (remain(mine) > 0) {
      copy(pending, mine);
      pending.copied();
    }
    return COMPLETED;
  }

  /** Writes. The result is undefined if the party has to wait, and is told then. */
  write(mine: Party): number | undefined {
    const { pending } = this;
    if (this.dropped) return DROPPED;
    if (pending === undefined) {
      this.pending = mine;
      return undefined;
    }
    checkLocal(this, mine, pending);
    if (remain(pending) === 0) return mine.length === 0 && pending.length === 0 ? COMPLETED : this.replace(mine);
    if (remain(mine) > 0) {
      copy(mine, pending);
      pending.copied();
    }
    return COMPLETED;
  }

  /** What messages call it. */
  get label(): string {
    return this.from === '' ? this.type : `${this.from}: ${this.type}`;
  }

  /** Whether somebody wants to read: elements, or to know that there are some. */
  get waiting(): boolean {
    const { pending } = this;
    return pending !== undefined && (pending.length === 0 || remain(pending) > 0);
  }

  /** How much somebody wants to read. */
  get wanted(): number {
    return this.pending === undefined ? 0 : remain(this.pending);
  }

  /** Who waits goes away. */
  leave(mine: Party): void {
    if (this.pending === mine) this.pending = undefined;
  }

  /** Takes back what is pending. */
  cancel(): void {
    this.end(CANCELLED);
  }

  /** One end is gone. */
  drop(): void {
    if (this.dropped) return;
    this.dropped = true;
    if (this.pending !== undefined) {
      this.end(DROPPED);
    } else {
      this.reader?.alone();
      this.writer?.alone();
    }
    this.onDrop?.();
  }

  private replace(mine: Party): undefined {
    this.end(COMPLETED);
    this.pending = mine;
  }

  private end(result: number): void {
    const { pending } = this;
    this.pending = undefined;
    pending?.done(result);
  }
}

/** Within one instance, only numbers may be copied. */
function checkLocal(shared: Shared, mine: Party, other: Party): void {
  if (mine.inst === undefined || mine.inst !== other.inst) return;
  if (mine.elements?.pure === false) {
    mine.inst.root.trap(`cannot read from and write to a ${shared.type} in one instance`);
  }
}

export type CopyState = 'idle' | 'copying' | 'cancelling' | 'done';

/** A component's end. */
export class End extends Waitable {
  state: CopyState = 'idle';
  readonly shared: Shared;
  readonly readable: boolean;

  constructor(shared: Shared, readable: boolean) {
    super();
    this.shared = shared;
    this.readable = readable;
    if (readable) shared.reader = this;
    else shared.writer = this;
    if (shared.dropped) this.alone();
  }

  get future(): boolean {
    return this.shared.future;
  }

  /** The code of its events. */
  get code(): number {
    if (this.future) return this.readable ? FUTURE_READ : FUTURE_WRITE;
    return this.readable ? STREAM_READ : STREAM_WRITE;
  }

  /** The other end is gone: it is told so even if it does nothing now. */
  alone(): void {
    if (this.state !== 'idle' || this.hasEvent || (this.future && this.readable)) return;
    this.notify(() => {
      this.state = 'done';
      return [this.code, this.index, DROPPED];
    });
  }

  /** It leaves the component. */
  leave(): void {
    if (this.readable) this.shared.reader = undefined;
    else this.shared.writer = undefined;
  }

  get copying(): boolean {
    return this.state === 'copying' || this.state === 'cancelling';
  }
}
