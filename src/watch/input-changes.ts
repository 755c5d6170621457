/** Which inputs differ between a look and the one before. */
import type { Scan } from '../build/inputs/scan.js';
import { compareNames } from '../workspace/paths.js';
import { changedAt, contentDigest, EMPTY_TABLE, type StatTable } from '../workspace/stat-table.js';
import type { Change } from './watch-event.js';

export interface InputChanges {
  /** In the order of names. */
  readonly changes: readonly Change[];
  /**
   * When the last of them was written, milliseconds since the epoch; null when none was, such as files that are gone or
   * were moved with their folder.
   */
  readonly savedAt: number | null;
}

/** Files are dated by a clock that moves in steps of up to so many milliseconds. */
export const CLOCK_STEP_MS = 20;

/** `scan` was made with `before` as what was recorded. */
export function inputChanges(before: StatTable, { changed, removed, table }: Scan): InputChanges {
  const changes: Change[] = [...removed].map((file) => ({ what: 'input', file, change: 'removed' }));
  let savedAt: number | null = null;
  if (changed.size > 0) {
    const wasAt = indicesOf(before);
    const isAt = indicesOf(table);
    const takeGone = goneByContent(before, removed, wasAt);
    for (const file of [...changed].sort()) {
      const was = wasAt.get(file);
      const is = isAt.get(file) as number;
      // A file that could not be read before and cannot now counts as changed for a build, which must look at it again.
      if (was !== undefined && contentDigest(before, was) === contentDigest(table, is)) continue;
      if (was !== undefined) changes.push({ what: 'input', file, change: 'edited' });
      else {
        const from = takeGone(contentDigest(table, is));
        changes.push({ what: 'input', file, change: 'added', ...(from === undefined ? {} : { from }) });
      }
      const writtenAt = changedAt(table, is);
      if (before !== EMPTY_TABLE && writtenAt >= before.lookedAt - CLOCK_STEP_MS)
        savedAt = Math.max(savedAt ?? 0, writtenAt);
    }
  }
  return { changes: changes.sort((a, b) => compareNames(a.file, b.file)), savedAt };
}

/** Names of removed files by what they held, each once. */
function goneByContent(
  before: StatTable,
  removed: ReadonlySet<string>,
  wasAt: ReadonlyMap<string, number>,
): (content: string | undefined) => string | undefined {
  const gone = new Map<string, string[]>();
  for (const file of [...removed].sort()) {
    const content = contentDigest(before, wasAt.get(file) as number);
    if (content !== undefined) gone.set(content, [...(gone.get(content) ?? []), file]);
  }
  return (content) => gone.get(content ?? '')?.shift();
}

function indicesOf({ names }: StatTable): Map<string, number> {
  return new Map(names.map((name, index) => [name, index]));
}
