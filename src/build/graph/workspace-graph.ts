/** The graph of the selected tasks, at a given or at the most detailed readable level. */

import type { WorkspaceInputs } from '../explain/workspace-inputs.js';
import { type Graph, GraphBuilder, LEVELS, type Level } from './graph.js';
import { addSummary, surveyTask, type TaskSurvey } from './summary-graph.js';
import { addTask } from './task-graph.js';

/** Maximum number of nodes of a readable graph: the most detailed level within this limit is shown. */
const MOST_NODES = 150;
/** Maximum number of arrows: some programs that draw graphs allow no more than 500. */
const MOST_EDGES = 450;

/** With more tasks than this, the full level is not even tried. */
const MOST_TASKS_IN_FULL = 4;

function canBeTakenIn({ nodes, edges }: Graph): boolean {
  return nodes.length <= MOST_NODES && edges.length <= MOST_EDGES;
}

/** Whether the full level may be readable: a task with thousands of samples has too many cells. */
async function isSmall(inputs: WorkspaceInputs, ids: readonly string[]): Promise<boolean> {
  if (ids.length > MOST_TASKS_IN_FULL) return false;
  let cells = 0;
  for (const id of ids) {
    const { candidates, samples } = await inputs.task(id);
    cells += new Set(candidates.map(({ body }) => body)).size * samples.length;
    if (cells > MOST_NODES) return false;
  }
  return true;
}

/** `level` is null for the most detailed readable one. */
export async function graphOf(
  inputs: WorkspaceInputs,
  ids: readonly string[],
  level: Level | null,
): Promise<Graph> {
  if (level === 'step' || (level === null && (await isSmall(inputs, ids)))) {
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
