/** Seeded random choices: the same seed gives the same choices on every machine. */
import { sha256Hex } from '../../encoding/digest.js';

const WORD = 4294967296;

/**
 * The generator is xoshiro128** 1.1 (David Blackman and Sebastiano Vigna, "Scrambled Linear Pseudorandom Number
 * Generators", 2018; public domain). Its initial state is the first 16 bytes of the SHA-256 of the seed's text, so
 * that similar seeds give unrelated choices.
 */
export class Random {
  private a: number;
  private b: number;
  private c: number;
  private d: number;

  constructor(seed: string) {
    const state = sha256Hex(seed);
    const word = (k: number) => Number.parseInt(state.slice(8 * k, 8 * k + 8), 16) | 0;
    this.a = word(0);
    this.b = word(1);
    this.c = word(2);
    // An all-zero state would never change.
    this.d = word(3) || 1;
  }

  /** A whole number from 0 to 2^32 - 1. */
  word(): number {
    const scrambled = Math.imul(rotate(Math.imul(this.b, 5), 7), 9) >>> 0;
    const shifted = this.b << 9;
    this.c ^= this.a;
    this.d ^= this.b;
    this.b ^= this.c;
    this.a ^= this.d;
    this.c ^= shifted;
    this.d = rotate(this.d, 11);
    return scrambled;
  }

  /** A whole number from 0 to `limit` - 1, all equally likely. `limit` is 1 to 2^32. */
  below(limit: number): number {
    if (!(limit >= 1 && limit <= WORD))
      throw new RangeError(`there is no whole number from 0 below ${limit}`);
    // Values beyond the last whole multiple of `limit` would make small numbers more likely.
    const fair = WORD - (WORD % limit);
    let word = this.word();
    while (word >= fair) word = this.word();
    return word % limit;
  }

  /** A number from 0 (inclusive) to 1 (exclusive). */
  fraction(): number {
    return this.word() / WORD;
  }

  chance(probability: number): boolean {
    return this.fraction() < probability;
  }

  /** One of `items`, which must not be empty. */
  choose<Item>(items: readonly Item[]): Item {
    return items[this.below(items.length)];
  }

  /**
   * An index into `weights`, with a probability proportional to its weight. Weights are at least 0, and one is above
   * 0.
   */
  weighted(weights: readonly number[]): number {
    let left = 0;
    for (const weight of weights) left += weight;
    if (!(left > 0)) throw new RangeError('nothing has a weight');
    left *= this.fraction();
    let last = 0;
    for (let k = 0; k < weights.length; k++) {
      if (weights[k] <= 0) continue;
      last = k;
      left -= weights[k];
      if (left < 0) break;
    }
    return last;
  }

  /** Shuffles `items` in place (Fisher and Yates). */
  shuffle<Item>(items: Item[]): Item[] {
    for (let k = items.length - 1; k > 0; k--) {
      const other = this.below(k + 1);
      [items[k], items[other]] = [items[other], items[k]];
    }
    return items;
  }
}

function rotate(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}
