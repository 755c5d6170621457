/**
 * Checks the action cache: every pack must be readable, and everything that its steps refer to must exist and be
 * intact.
 */
import { ByteReader } from '../../encoding/bytes.js';
import { digestOutput } from '../../engine/output.js';
import { validate } from '../../phases/validate.js';
import type { ActionKey, BlobKey, Pack, PackEntry } from '../../store/pack.js';
import type { ShardKey } from '../../store/tables/upkeep.js';

export interface CheckedShard {
  readonly steps: number;
  /** One line for each problem. */
  readonly problems: readonly string[];
  /** All correct entries, as one pack. */
  readonly sound: Pack & { readonly blobs: ReadonlyMap<BlobKey, Uint8Array> };
}

/** Checks a shard's packs, oldest first; null is a pack that cannot be read. */
export function checkShard(key: ShardKey, packs: readonly (Pack | null)[]): CheckedShard {
  const problems: string[] = [];
  const blobs = new Map<BlobKey, Uint8Array>();
  const entries = new Map<ActionKey, PackEntry>();
  const place = `${key.phase} of ${shardName(key)}`;
  for (const pack of packs) {
    if (pack === null) problems.push(`${place}: a pack is not what was written`);
    for (const [blob, bytes] of pack?.blobs ?? []) {
      if (digestOutput(bytes) === blob) blobs.set(blob, bytes);
      else problems.push(`${place}: an output is not what its digest says`);
    }
    for (const entry of pack?.entries ?? []) entries.set(entry.key, entry);
  }
  const steps = entries.size;
  for (const entry of entries.values()) {
    if (!blobsNamed(key.phase, entry).every((blob) => blobs.has(blob))) entries.delete(entry.key);
  }
  if (entries.size < steps) problems.push(`${place}: outputs of ${steps - entries.size} steps are missing`);
  return { steps, problems, sound: { entries: [...entries.values()], blobs } };
}

/** Digests of files are shown in hexadecimal. */
export function shardName({ phase, shard }: ShardKey): string {
  return phase === 'load'
    ? `file ${Buffer.from(shard, 'latin1').toString('hex').slice(0, 16)}`
    : `task ${shard}`;
}

/** Blobs that a stored step refers to. Steps of other code versions may be unreadable, but are never used either. */
function blobsNamed(phase: string, { value }: PackEntry): readonly BlobKey[] {
  if (phase !== validate.name) return [];
  try {
    return validate.blobsOf(validate.read(new ByteReader(value)));
  } catch (error) {
    if (error instanceof RangeError) return [];
    throw error;
  }
}
