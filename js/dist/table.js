const MOST = 2 ** 28 - 1;
export class Table {
    entries = [undefined];
    free = [];
    add(entry, cx) {
        const index = this.free.pop() ?? this.entries.length;
        if (index > MOST)
            cx.trap('too many handles');
        this.entries[index] = entry;
        return index;
    }
    get(index) {
        return this.entries[index >>> 0];
    }
    remove(index) {
        this.entries[index >>> 0] = undefined;
        this.free.push(index >>> 0);
    }
}
export function tableOf(inst) {
    return (inst.handles ??= new Table());
}
