/** Merit by the demonstrations alone: known outputs of tests report how well it went, they never choose. */
import { worstCost } from '../../engine/outcome.js';
import type { ProgramResult, TaskResult } from './task-result.js';

/**
 * A task's programs, best first: more demonstrations matched, then a higher sum of d_scores (which compare a test's
 * output with itself only), then the lower cost of the worst cell, then body hash.
 */
export function demoRanking({ programs }: TaskResult): ProgramResult[] {
  return [...programs].sort(compareByDemos);
}

/** Negative when `a` is better. */
export function compareByDemos(a: ProgramResult, b: ProgramResult): number {
  const difference =
    b.demo - a.demo || closenessOf(b) - closenessOf(a) || worstCost(a.outcomes) - worstCost(b.outcomes);
  return difference || (a.body < b.body ? -1 : a.body > b.body ? 1 : 0);
}

function closenessOf({ dScores }: ProgramResult): number {
  return dScores.reduce((sum, score) => sum + score, 0);
}
