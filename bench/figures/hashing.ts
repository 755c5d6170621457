/**
 * The cost of XXH64 (xxhash-wasm) for each possible use, at two or more sizes, compared with the alternative.
 * docs/dependencies.md gives the resulting decisions.
 */
import { hashOf } from '../../src/dsl/value/equality.js';
import { Grid } from '../../src/dsl/value/value.js';
import { checksum, loadChecksums } from '../../src/encoding/checksum.js';
import { sha256 } from '../../src/encoding/digest.js';
import { type Figure, seen } from '../measure/figure.js';
import { alternate } from '../measure/statistics.js';
import type { Bench } from './bench.js';

/** The size of a task's state, of a pack, and of everything that a null build of the standard workspace reads. */
const ROW_BYTES = [2_048, 65_536, 2_300_000];

const GRID_SIDES = [3, 10, 30];

const PACK_STEPS = [100, 10_000];

const KEY_BYTES = 32;

/** Minimum duration of one measurement in milliseconds. */
const MEASURED_MS = 20;

export const hashing: Bench = async ({ repetitions }) => {
  await loadChecksums();
  const figures: Figure[] = [];
  const compare = async (what: string, ours: () => unknown, name: string, other: () => unknown) => {
    const [measured, value] = await alternate(repetitions, [() => microsOf(ours), () => microsOf(other)]);
    const baseline = { name, value };
    figures.push(seen({ figure: `${what}, XXH64`, measured, unit: 'us', baseline, repetitions }));
  };
  for (const length of ROW_BYTES) {
    const bytes = Uint8Array.from({ length }, (_, k) => k * 7);
    await compare(
      `checksum of ${length} bytes`,
      () => checksum(bytes),
      'SHA-256',
      () => sha256(bytes),
    );
  }
  for (const side of GRID_SIDES) {
    const cells = Int8Array.from({ length: side * side }, (_, k) => k % 10);
    const bytes = new Uint8Array(cells.buffer);
    await compare(
      `hash of a grid of ${side} x ${side}`,
      () => checksum(bytes),
      'the hash of the value',
      () => hashOf(new Grid(side, side, cells)),
    );
  }
  for (const steps of PACK_STEPS) {
    const payload = Uint8Array.from({ length: steps * KEY_BYTES }, (_, k) => k * 31 + (k >> 8));
    await compare(
      `a table of ${steps} keys, made and asked once for each`,
      () => keysByChecksum(payload),
      'a Map of strings',
      () => keysByName(payload),
    );
  }
  return figures;
};

/** Mean time of a call in microseconds. */
function microsOf(body: () => unknown): number {
  let calls = 1;
  for (;;) {
    const startedAt = performance.now();
    for (let k = 0; k < calls; k++) body();
    const ms = performance.now() - startedAt;
    if (ms >= MEASURED_MS) return (ms * 1000) / calls;
    calls *= 2;
  }
}

/** An open-addressed table on checksums of the keys' bytes, with a full comparison. */
function keysByChecksum(payload: Uint8Array): number {
  const count = payload.length / KEY_BYTES;
  let capacity = 16;
  while (capacity < count * 2) capacity *= 2;
  const slots = new Int32Array(capacity);
  const keyAt = (k: number) => payload.subarray(k * KEY_BYTES, (k + 1) * KEY_BYTES);
  const slotOf = (key: Uint8Array) => {
    let slot = Number(checksum(key) & BigInt(capacity - 1));
    while (slots[slot] !== 0 && Buffer.compare(keyAt(slots[slot] - 1), key) !== 0)
      slot = (slot + 1) % capacity;
    return slot;
  };
  for (let k = 0; k < count; k++) slots[slotOf(keyAt(k))] = k + 1;
  let found = 0;
  for (let k = 0; k < count; k++) if (slots[slotOf(keyAt(k))] !== 0) found++;
  return found;
}

function keysByName(payload: Uint8Array): number {
  const text = Buffer.from(payload.buffer, payload.byteOffset, payload.length);
  const nameAt = (k: number) => text.toString('latin1', k * KEY_BYTES, (k + 1) * KEY_BYTES);
  const count = payload.length / KEY_BYTES;
  const keys = new Map<string, number>();
  for (let k = 0; k < count; k++) keys.set(nameAt(k), k);
  let found = 0;
  for (let k = 0; k < count; k++) if (keys.has(nameAt(k))) found++;
  return found;
}
