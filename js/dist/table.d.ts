import type { Instance } from './instance.js';
/** What an instance's handles stand for. */
export declare class Table {
    private readonly entries;
    private readonly free;
    /** A new handle. */
    add(entry: object, cx: Instance): number;
    /** What a handle stands for. */
    get(index: number): unknown;
    /** Forgets a handle. */
    remove(index: number): void;
}
/** An instance's handles. */
export declare function tableOf(inst: Instance): Table;
