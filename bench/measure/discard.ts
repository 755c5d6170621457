/**
 * Puts folders out of the way, and deletes them when all is measured. Not earlier: some file systems (ext4 is one) do not use the
 * number of a deleted file again for minutes, and look past all of these whenever one is made. What makes thousands of files
 * right after thousands were deleted was seen to take eight times as long.
 */
import { existsSync, renameSync, rmSync } from 'node:fs';

const discarded: string[] = [];

/** Afterwards nothing is at `path`. */
export function discard(path: string): void {
  if (!existsSync(path)) return;
  const aside = `${path}.discarded-${process.pid}-${discarded.length}`;
  renameSync(path, aside);
  discarded.push(aside);
}

export function deleteDiscarded(): void {
  for (const path of discarded.splice(0)) rmSync(path, { recursive: true, force: true });
}
