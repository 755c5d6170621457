/** Converts results to plain data, to compare them. */
import type { TaskResult } from '../../src/build/record/task-result.js';

/** A result in which everything is decoded. */
export function decoded(result: TaskResult) {
  const programs = result.programs.map((program) => {
    return { ...program, outcomes: [...program.outcomes], matches: [...program.matches] };
  });
  return { ...result, samples: [...result.samples], programs };
}
