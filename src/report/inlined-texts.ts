/** The inlined sources of programs that the store has. */
import type { LastBuild } from '../build/last-build.js';
import { ByteReader } from '../encoding/bytes.js';
import type { BodyHash } from '../lang/program/program.js';
import { inline, writeInlineKey } from '../phases/inline.js';
import { actionKey } from '../phases/key.js';

/** The text of each program of a task; null if the store no longer has it. */
export function inlinedTexts({ store }: LastBuild, task: string): (body: BodyHash) => string | null {
  const { entries } = store.actions.read(inline.name, task);
  return (body) => {
    const key = actionKey(inline.name, inline.version, (writer) => writeInlineKey(body, writer));
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
