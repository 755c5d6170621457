/** The graph of what is selected, in as much detail as can be taken in. */

import type { WorkspaceInputs } from '../explain/workspace-inputs.js';
import { type Graph, GraphBuilder, LEVELS, type Level } from './graph.js';
import { addSummary, surveyTask, type TaskSurvey } from './summary-graph.js';
import { addTask } from './task-graph.js';

/** Nodes that can be taken in: the most detailed level that has no more is shown. */
const MOST_NODES = 150;
/** And arrows: some programs that draw graphs take no more than 500. */
const MOST_EDGES = 450;

/** Tasks of which it is worth finding out whether they can be shown in full. */
const MOST_TASKS_IN_FULL = 4;

function canBeTakenIn({ nodes, edges }: Graph): boolean {
  return nodes.length <= MOST_NODES && edges.length <= MOST_EDGES;
}

/** `level` is null for the most detailed one that can be taken in. */
export async function graphOf(
  inputs: WorkspaceInputs,
  ids: readonly string[],
  level: Level | null,
): Promise<Graph> {
  if (level === 'step' || (level === null && ids.length <= MOST_TASKS_IN_FULL)) {
    const builder = new GraphBuilder();
    for (const id of ids) await addTask(builder, inputs, id, true);
    const graph = builder.graph('step', ids.length);
    if (level === 'step' || canBeTakenIn(graph)) return graph;
  }
  const surveys: TaskSurvey[] = [];
  for (const id of ids) surveys.push(await surveyTask(inputs, id));
  const summaries = LEVELS.filter((one) => one !== 'step').reverse();
  const levels = level === null ? summaries : [level];
  let graph: Graph | null = null;
  for (const one of levels) {
    const builder = new GraphBuilder();
    addSummary(builder, inputs, surveys, one);
    graph = builder.graph(one, ids.length);
    if (canBeTakenIn(graph)) break;
  }
  return graph as Graph;
}
