/**
 * A graph as text for a terminal: inputs, steps and outputs, each with its state in a build now; and paths in words.
 */
import { type Graph, type GraphNode, sumOf } from '../../../build/graph/graph.js';
import type { FoundPath } from '../../../build/graph/path.js';
import { plural } from '../../../text/amounts.js';
import { inPhaseOrder } from '../../../text/phase-order.js';
import { printable } from '../../../text/printable.js';
import { type TableCell, tableLines } from '../columns.js';
import type { Format, Style } from '../style.js';
import { stateOf, stateText } from './graph-label.js';

const STATE_FORMATS = { hit: 'green', miss: 'yellow', unknown: 'magenta' } as const satisfies Record<
  string,
  Format
>;

/** Kinds with many nodes that are only names. */
const JOINED: readonly string[] = ['sample', 'primitive'];

export function graphLines(graph: Graph, style: Style): string[] {
  const { level, tasks, nodes, edges } = graph;
  const steps = nodes.flatMap((node) => (node.steps === null ? [] : [node.steps]));
  const total = sumOf(steps);
  const all = total.hits + total.misses + total.unknown;
  const head = `${style.apply('bold', plural(tasks, 'task'))}, ${plural(all, 'step')}: ${stateText(total)}`;
  const size = `level ${level}, ${plural(nodes.length, 'node')}, ${plural(edges.length, 'arrow')}`;
  const lines = [all === 0 ? style.apply('bold', plural(tasks, 'task')) : head];
  for (const kind of ['input', 'step', 'output'] as const) {
    const shown = nodes.filter((node) => node.kind === kind);
    const rows = rowsOf(shown.filter(({ what }) => !JOINED.includes(what)));
    if (shown.length > 0) {
      lines.push('', ...tableLines(rows, ['left', 'left', 'left'], style), ...joinedLines(shown, style));
    }
  }
  return [...lines, '', style.apply('dim', `${size}; --format dot, mermaid or json has the arrows`)];
}

/** Phase by phase. */
function rowsOf(nodes: readonly GraphNode[]): TableCell[][] {
  const byWhat = new Map<string, GraphNode[]>();
  for (const node of nodes) byWhat.set(node.what, [...(byWhat.get(node.what) ?? []), node]);
  return inPhaseOrder(Object.fromEntries(byWhat)).flatMap(([, same]) => same.map(rowOf));
}

function rowOf({ what, name, detail, steps }: GraphNode): TableCell[] {
  const state = stateOf(steps);
  const text = [printable(detail), stateText(steps)].filter((part) => part !== '').join(', ');
  const last: TableCell = state === null ? { text, format: 'dim' } : { text, format: STATE_FORMATS[state] };
  return [{ text: what, format: 'dim' }, name === what ? '' : printable(name), last];
}

/** `samples: mirror demo 0, ...`. */
function joinedLines(nodes: readonly GraphNode[], style: Style): string[] {
  return JOINED.flatMap((what) => {
    const names = nodes.filter((node) => node.what === what).map(({ name }) => printable(name));
    return names.length === 0 ? [] : [`${style.apply('dim', `${what}s:`)} ${names.join(', ')}`];
  });
}

/** Node, arrow, node, and so on, one a line. */
export function pathLines({ nodes, edges }: FoundPath, style: Style): string[] {
  return nodes.flatMap(({ what, name }, k) => {
    const node = `${style.apply('dim', what)} ${style.apply('bold', printable(name))}`;
    return k === 0 ? [node] : [`    ${style.apply('cyan', printable(edges[k - 1].arrow))}`, node];
  });
}
