/** Seeded random choices: the same seed, the same choices, on every machine. */
import { hash } from 'node:crypto';

export class Random {
  private state: number;

  constructor(seed: string) {
    this.state = Number.parseInt(hash('sha256', seed, 'hex').slice(0, 8), 16);
  }

  /** A number from 0 (inclusive) to 1 (exclusive). The generator is mulberry32 (Tommy Ettinger, public domain). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  /** A whole number from 0 to `limit` - 1. */
  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(items: readonly T[]): T {
    if (items.length === 0) throw new RangeError('nothing to choose from');
    return items[this.below(items.length)];
  }

  /** Shuffles `items` in place. */
  shuffle<T>(items: T[]): T[] {
    for (let k = items.length - 1; k > 0; k--) {
      const other = this.below(k + 1);
      [items[k], items[other]] = [items[other], items[k]];
    }
    return items;
  }

  /** Eight hexadecimal digits. */
  hex(): string {
    return Math.floor(this.next() * 4294967296)
      .toString(16)
      .padStart(8, '0');
  }
}
