/** Results as plain data, to compare them. */
import type { TaskResult } from '../../src/build/record/task-result.js';

/** A result with all that is decoded on demand. */
export function decoded(result: TaskResult) {
  const programs = result.programs.map((program) => {
    return { ...program, outcomes: [...program.outcomes], matches: [...program.matches] };
  });
  return { ...result, samples: [...result.samples], programs };
}
