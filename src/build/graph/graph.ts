/**
 * The graph of a build: inputs, the steps that read them, and their outputs. Every arrow has a label that says what
 * it means.
 */

/**
 * The level of detail: all tasks together, a node for each task, a node for each phase of each task, or every step.
 */
export const LEVELS = ['workspace', 'task', 'phase', 'step'] as const;

export type Level = (typeof LEVELS)[number];

/** The state of a step in a build now: in the store, not in the store, or unknown until other steps have run. */
export interface StepCounts {
  readonly hits: number;
  readonly misses: number;
  readonly unknown: number;
}

export interface GraphNode {
  /** Unique, and the same for the same inputs. */
  readonly id: string;
  readonly kind: 'input' | 'step' | 'output';
  /** `solver file`, `primitive`, `sample`; the phase of a step; `published file`, `result`. */
  readonly what: string;
  readonly name: string;
  /** The task that it belongs to; null if tasks share it. */
  readonly task: string | null;
  /** A value, a verdict, or a number of items; may be empty. */
  readonly detail: string;
  /** Null if the node is no step. */
  readonly steps: StepCounts | null;
}

export interface GraphEdge {
  /** Ids of nodes; `to` is made from `from`. */
  readonly from: string;
  readonly to: string;
  /** The label between the two: `is read by`. */
  readonly arrow: string;
}

export interface Graph {
  readonly level: Level;
  readonly tasks: number;
  /** In a fixed order: the inputs, steps and outputs of one task after the other. */
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

export function sumOf(all: readonly StepCounts[]): StepCounts {
  const sum = { hits: 0, misses: 0, unknown: 0 };
  for (const { hits, misses, unknown } of all) {
    sum.hits += hits;
    sum.misses += misses;
    sum.unknown += unknown;
  }
  return sum;
}

/** Collects nodes and edges, each once. */
export class GraphBuilder {
  private readonly nodes = new Map<string, GraphNode>();
  private readonly edges = new Map<string, GraphEdge>();
  /** Ids of nodes by all of their names. */
  private readonly called = new Map<string, Set<string>>();

  /** `names` are what a user may call the node, besides its id and name. Returns the id. */
  add(
    node: Partial<GraphNode> & Pick<GraphNode, 'id' | 'kind' | 'what' | 'name'>,
    ...names: readonly string[]
  ): string {
    const { id, name } = node;
    if (!this.nodes.has(id)) this.nodes.set(id, { task: null, detail: '', steps: null, ...node });
    for (const one of [id, name, ...names]) {
      const ids = this.called.get(one);
      if (ids === undefined) this.called.set(one, new Set([id]));
      else ids.add(id);
    }
    return id;
  }

  /** Throws if one of the nodes is missing: sources must be added before the nodes made from them. */
  connect(from: string, arrow: string, to: string): void {
    if (!this.nodes.has(from) || !this.nodes.has(to))
      throw new Error(`an arrow from ${from} to ${to} leads nowhere`);
    this.edges.set(`${from}\n${to}`, { from, to, arrow });
  }

  get size(): number {
    return this.nodes.size;
  }

  /** The nodes with this name. */
  find(name: string): readonly GraphNode[] {
    return [...(this.called.get(name) ?? [])].map((id) => this.nodes.get(id) as GraphNode);
  }

  /** All names of nodes. */
  get names(): Iterable<string> {
    return this.called.keys();
  }

  graph(level: Level, tasks: number): Graph {
    return { level, tasks, nodes: [...this.nodes.values()], edges: [...this.edges.values()] };
  }
}

/**
 * The shortest path along the arrows, including both ends; null if there is none. If several are equally short, the
 * first.
 */
export function pathBetween({ nodes, edges }: Graph, from: string, to: string): Graph['edges'] | null {
  const leaving = new Map<string, GraphEdge[]>(nodes.map(({ id }) => [id, []]));
  for (const edge of edges) (leaving.get(edge.from) as GraphEdge[]).push(edge);
  const reachedBy = new Map<string, GraphEdge | null>([[from, null]]);
  // A map keeps the order in which nodes were reached.
  for (const id of reachedBy.keys()) {
    if (id === to) break;
    for (const edge of leaving.get(id) ?? []) if (!reachedBy.has(edge.to)) reachedBy.set(edge.to, edge);
  }
  if (!reachedBy.has(to)) return null;
  const path: GraphEdge[] = [];
  for (let edge = reachedBy.get(to); edge; edge = reachedBy.get(edge.from)) path.unshift(edge);
  return path;
}
