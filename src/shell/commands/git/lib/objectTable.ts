/**
 * The order in which git's in-memory table lists objects: open addressing by the first four bytes of the id, little
 * endian, with the entry that was looked up moved to its home slot. `git fsck` prints in this order.
 */
export class ObjectTable {
  #slots: (string | null)[] = [];
  #count = 0;

  /** Looks an object up, and adds it where it is new. */
  touch(id: string): void {
    if (this.#find(id)) return;
    if (this.#slots.length - 1 <= this.#count * 2) this.#grow();
    this.#insert(id);
    this.#count += 1;
  }

  /** Ids in table order. */
  ids(): string[] {
    return this.#slots.filter((id) => id !== null);
  }

  #home(id: string): number {
    const big = Number.parseInt(id.slice(0, 8), 16);
    const little = ((big & 0xff) << 24) | ((big & 0xff00) << 8) | ((big >>> 8) & 0xff00) | (big >>> 24);
    return (little >>> 0) % this.#slots.length;
  }

  #find(id: string): boolean {
    const slots = this.#slots;
    if (slots.length === 0) return false;
    const home = this.#home(id);
    for (let at = home; slots[at] !== null; at = (at + 1) % slots.length) {
      if (slots[at] !== id) continue;
      [slots[at], slots[home]] = [slots[home] as string, id];
      return true;
    }
    return false;
  }

  #insert(id: string): void {
    let at = this.#home(id);
    while (this.#slots[at] !== null) at = (at + 1) % this.#slots.length;
    this.#slots[at] = id;
  }

  #grow(): void {
    const old = this.ids();
    this.#slots = Array.from({ length: Math.max(32, 2 * this.#slots.length) }, () => null);
    for (const id of old) this.#insert(id);
  }
}
