/**
 * Selection weights: how often a program is chosen as a parent. Better results on the demonstrations give higher
 * weights.
 */
import type { ProgramResult, TaskResult } from '../../build/record/task-result.js';
import type { BodyHash } from '../../lang/program/program.js';

/**
 * Weights of programs by their results in the last build; all 1 if there are none. With n better programs, a program
 * has the weight 1 / (1 + n). A program without a result is taken to be in the middle.
 *
 * Better means more matched demonstrations, then a higher sum of d_scores. Neither depends on the outputs of tests (a
 * d_score compares a test's output with itself), so hiding them changes no weight.
 */
export function selectionWeights(bodies: readonly BodyHash[], result: TaskResult | null): number[] {
  if (result === null || result.programs.length === 0) return bodies.map(() => 1);
  const scores = result.programs.map(demoScoreOf).sort(byDemoScore);
  const known = new Map(result.programs.map((program) => [program.body, demoScoreOf(program)]));
  const middle = scores[Math.floor(scores.length / 2)];
  return bodies.map((body) => {
    const score = known.get(body) ?? middle;
    return 1 / (1 + scores.findIndex((other) => byDemoScore(other, score) >= 0));
  });
}

interface DemoScore {
  readonly demo: number;
  readonly closeness: number;
}

function demoScoreOf({ demo, dScores }: ProgramResult): DemoScore {
  return { demo, closeness: dScores.reduce((sum, score) => sum + score, 0) };
}

/** Negative if `a` is better. */
function byDemoScore(a: DemoScore, b: DemoScore): number {
  return b.demo - a.demo || b.closeness - a.closeness;
}
