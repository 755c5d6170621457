/** Ranks programs by demonstrations only: known outputs of tests are only for reporting and never choose. */
import type { ProgramResult, TaskResult } from './task-result.js';

/**
 * A task's programs, best first: by matched demonstrations, then by the sum of d_scores (which compare a test's
 * output with itself only), then by the cost of the most expensive cell, then by body hash.
 */
export function demoRanking({ programs }: TaskResult): ProgramResult[] {
  return [...programs].sort(compareByDemos);
}

/** Negative if `a` is better. */
export function compareByDemos(a: ProgramResult, b: ProgramResult): number {
  const difference = b.demo - a.demo || closenessOf(b) - closenessOf(a) || a.cost - b.cost;
  return difference || (a.body < b.body ? -1 : a.body > b.body ? 1 : 0);
}

function closenessOf({ dScores }: ProgramResult): number {
  return dScores.reduce((sum, score) => sum + score, 0);
}
