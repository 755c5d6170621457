/**
 * Finds why an output depends on an input: a path from one to the other in the full graph of the task that has both.
 */
import { closest } from '../../lang/suggest.js';
import type { WorkspaceInputs } from '../explain/workspace-inputs.js';
import { type Graph, GraphBuilder, type GraphEdge, type GraphNode, pathBetween } from './graph.js';
import { addTask } from './task-graph.js';

/** A graph that consists of one path. */
export interface FoundPath {
  readonly kind: 'path';
  readonly nodes: readonly GraphNode[];
  /** One less than the number of nodes; each leads from one node to the next. */
  readonly edges: readonly GraphEdge[];
}

export type PathSearch =
  | FoundPath
  /** Both nodes exist, but there is no path; `reversed`: there is a path from `to` to `from`. */
  | { readonly kind: 'none'; readonly reversed: boolean }
  | { readonly kind: 'unknown'; readonly name: string; readonly suggestion: string | null };

/** Which node is probably meant if a name means several. */
const FROM: readonly GraphNode['kind'][] = ['input', 'step', 'output'];
const TO: readonly GraphNode['kind'][] = ['output', 'step', 'input'];

/** Searches the tasks one by one. The ends are given by ids, names, or any other name of a node. */
export async function findPath(
  inputs: WorkspaceInputs,
  ids: readonly string[],
  from: string,
  to: string,
): Promise<PathSearch> {
  const known = new Set<string>();
  let reversed = false;
  for (const id of mostLikelyFirst(ids, from, to)) {
    const builder = new GraphBuilder();
    await addTask(builder, inputs, id, false);
    for (const name of builder.names) known.add(name);
    const graph = builder.graph('step', 1);
    const path = shortest(graph, builder, from, to);
    if (path !== null) return path;
    reversed ||= shortest(graph, builder, to, from) !== null;
  }
  for (const name of [from, to]) {
    if (!known.has(name)) return { kind: 'unknown', name, suggestion: closest(name, known) };
  }
  return { kind: 'none', reversed };
}

/** Tasks whose ids occur in the names. Searching all tasks would find the same path, but later. */
function mostLikelyFirst(ids: readonly string[], from: string, to: string): string[] {
  const isNamed = (id: string) => from.includes(id) || to.includes(id);
  return [...ids.filter(isNamed), ...ids.filter((id) => !isNamed(id))];
}

/** The path between the ends that are most probably meant; the shortest if there are several. */
function shortest(graph: Graph, builder: GraphBuilder, from: string, to: string): FoundPath | null {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  for (const toKind of TO) {
    for (const fromKind of FROM) {
      const ends = builder.find(to).filter(({ kind }) => kind === toKind);
      const begins = builder.find(from).filter(({ kind }) => kind === fromKind);
      const paths = begins.flatMap((begin) => ends.map((end) => pathBetween(graph, begin.id, end.id)));
      const found = paths.filter((path) => path !== null && path.length > 0) as (readonly GraphEdge[])[];
      const [best] = found.sort((a, b) => a.length - b.length);
      if (best === undefined) continue;
      const through = [best[0].from, ...best.map((edge) => edge.to)];
      return { kind: 'path', nodes: through.map((id) => nodes.get(id) as GraphNode), edges: best };
    }
  }
  return null;
}
