/** A first-in, first-out queue in which `shift` takes constant time, unlike that of a long array. */

interface Link<Item> {
  item: Item;
  next: Link<Item> | null;
}

export class Queue<Item> {
  private first: Link<Item> | null = null;
  private last: Link<Item> | null = null;
  private count = 0;

  get length(): number {
    return this.count;
  }

  /** The item that has waited longest; null if the queue is empty. */
  get head(): Item | null {
    return this.first?.item ?? null;
  }

  push(item: Item): void {
    const link = { item, next: null };
    if (this.last) this.last.next = link;
    else this.first = link;
    this.last = link;
    this.count++;
  }

  /** Inserts an item at the head. */
  unshift(item: Item): void {
    this.first = { item, next: this.first };
    this.last ??= this.first;
    this.count++;
  }

  /** Removes and returns the head. */
  shift(): Item | null {
    const link = this.first;
    if (!link) return null;
    this.first = link.next;
    if (!link.next) this.last = null;
    this.count--;
    return link.item;
  }

  /** Removes and returns the first item for which `fits` holds; null when there is none. */
  take(fits: (item: Item) => boolean): Item | null {
    let before: Link<Item> | null = null;
    for (let link = this.first; link; before = link, link = link.next) {
      if (!fits(link.item)) continue;
      if (before) before.next = link.next;
      else this.first = link.next;
      if (this.last === link) this.last = before;
      this.count--;
      return link.item;
    }
    return null;
  }

  /** Yields all items, the head first. */
  *[Symbol.iterator](): Generator<Item> {
    for (let link = this.first; link; link = link.next) yield link.item;
  }

  /** Removes and yields all items. */
  *drain(): Generator<Item> {
    for (let item = this.shift(); item !== null; item = this.shift()) yield item;
  }
}
