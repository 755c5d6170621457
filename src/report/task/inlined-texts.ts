/** The inlined sources of programs that the store has. */
import type { LastBuild } from '../../build/last-build.js';
import type { ProgramResult } from '../../build/record/task-result.js';
import { ByteReader } from '../../encoding/bytes.js';
import { inline, writeInlineKey } from '../../phases/inline.js';
import { actionKey } from '../../phases/key.js';

/** The text of each program of a task; null if the store no longer has it. */
export function inlinedTexts(
  { store }: LastBuild,
  task: string,
): (program: Pick<ProgramResult, 'body' | 'facts'>) => string | null {
  const { entries } = store.actions.read(inline.name, task);
  return ({ body, facts }) => {
    const source = facts.source?.digest ?? null;
    const key = actionKey(inline.name, inline.version, (writer) => writeInlineKey(body, source, writer));
    const entry = entries.get(key);
    if (entry === undefined) return null;
    try {
      return inline.read(new ByteReader(entry.value)).text;
    } catch (error) {
      // A malformed entry is a miss, as everywhere.
      if (error instanceof RangeError) return null;
      throw error;
    }
  };
}
