/** Compares two scans of the inputs. */
import type { Scan } from '../build/inputs/scan.js';
import { compareNames } from '../workspace/paths.js';
import { changedAt, contentDigest, EMPTY_TABLE, type StatTable } from '../workspace/stat-table.js';
import type { Change } from './watch-event.js';

export interface InputChanges {
  /** Sorted by name. */
  readonly changes: readonly Change[];
  /**
   * When the last of them was written, in milliseconds since the epoch; null if none was written, for example if
   * files were only removed, or moved with their folder.
   */
  readonly savedAt: number | null;
}

/** Resolution of file times in milliseconds. */
export const CLOCK_STEP_MS = 20;

/** `scan` was made with `before` as the recorded state. */
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
      // A build counts an unreadable file as changed and tries it again; if it was unreadable before, it is not
      // reported.
      if (was !== undefined && contentDigest(before, was) === contentDigest(table, is)) continue;
      if (was !== undefined) changes.push({ what: 'input', file, change: 'edited' });
      else {
        const from = takeGone(contentDigest(table, is));
        changes.push({ what: 'input', file, change: 'added', ...(from === undefined ? {} : { from }) });
      }
      const writtenAt = changedAt(table, is);
      if (before !== EMPTY_TABLE && writtenAt >= before.scannedAt - CLOCK_STEP_MS)
        savedAt = Math.max(savedAt ?? 0, writtenAt);
    }
  }
  return { changes: changes.sort((a, b) => compareNames(a.file, b.file)), savedAt };
}

/** Names of removed files by their content; each content has one name. */
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
