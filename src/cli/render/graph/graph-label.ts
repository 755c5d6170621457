/** The labels of a graph's boxes, line by line, the same in every format. */
import type { GraphNode, StepCounts } from '../../../build/graph/graph.js';
import { count } from '../../../text/amounts.js';
import { printable } from '../../../text/printable.js';

/** Kind, name and details, without control characters but not yet escaped for a format. */
export function labelLines(node: GraphNode): string[] {
  const name = node.name === node.what ? '' : printable(node.name);
  const lines = [node.what, name, printable(node.detail), stateText(node.steps)];
  return lines.filter((line) => line !== '');
}

/** `hit`, or `12 hits, 3 misses`; empty if the node is no step. */
export function stateText(steps: StepCounts | null): string {
  if (steps === null) return '';
  const { hits, misses, unknown } = steps;
  if (hits + misses + unknown === 1) return hits === 1 ? 'hit' : misses === 1 ? 'miss' : 'unknown';
  const parts = [
    `${count(hits)} hit${hits === 1 ? '' : 's'}`,
    ...(misses > 0 ? [`${count(misses)} miss${misses === 1 ? '' : 'es'}`] : []),
    ...(unknown > 0 ? [`${count(unknown)} unknown`] : []),
  ];
  return parts.join(', ');
}

/** How a step is highlighted: fully in the store, partly missing, or unknown because it depends on other steps. */
export function stateOf(steps: StepCounts | null): 'hit' | 'miss' | 'unknown' | null {
  if (steps === null) return null;
  return steps.misses > 0 ? 'miss' : steps.unknown > 0 ? 'unknown' : 'hit';
}
