/** The record of a task, with look-ups by candidate and by differ. */
import type { RecordedTask } from '../../phases/subject/task-subject.js';
import type { TaskResult } from './task-result.js';

/** Null if nothing was recorded. */
export function recordedTask(result: TaskResult | null): RecordedTask | null {
  if (result === null) return null;
  const candidates = new Set(
    result.candidates.map(({ file, name, program }) =>
      keyOf({ file, name, body: result.programs[program].body }),
    ),
  );
  const sScores = new Map(result.differs.map((differ) => [keyOf(differ), differ.sScore]));
  return {
    isCandidate: (candidate) => candidates.has(keyOf(candidate)),
    sScoreOf: (differ) => sScores.get(keyOf(differ)),
  };
}

function keyOf({
  file,
  name,
  body,
}: {
  readonly file: string;
  readonly name: string;
  readonly body: string;
}) {
  return `${body}\n${name}\n${file}`;
}
