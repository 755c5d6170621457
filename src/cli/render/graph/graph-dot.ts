/** A graph in the language of Graphviz. */
import type { Graph } from '../../../build/graph/graph.js';
import { printable } from '../../../text/printable.js';
import { labelLines, stateOf } from './graph-label.js';

const SHAPES = { input: 'note', step: 'box', output: 'ellipse' } as const;
const COLORS = { hit: 'forestgreen', miss: 'darkorange', unknown: 'purple' } as const;

export function* dotLines({ nodes, edges }: Pick<Graph, 'nodes' | 'edges'>): Generator<string> {
  const numbers = new Map(nodes.map(({ id }, k) => [id, `n${k}`]));
  yield 'digraph battbuild {\n';
  yield '  rankdir=LR;\n  node [fontname="sans-serif", fontsize=10];\n  edge [fontname="sans-serif", fontsize=8];\n';
  for (const node of nodes) {
    const state = stateOf(node.steps);
    const color = state === null ? '' : `, color=${COLORS[state]}`;
    const label = labelLines(node).map(dotText).join('\\n');
    yield `  ${numbers.get(node.id)} [label="${label}", shape=${SHAPES[node.kind]}${color}];\n`;
  }
  for (const { from, to, arrow } of edges) {
    yield `  ${numbers.get(from)} -> ${numbers.get(to)} [label="${dotText(printable(arrow))}"];\n`;
  }
  yield '}\n';
}

/** Escapes text between quotes: labels have escapes of their own (`\N`, `\l`) and HTML entities (`&lt;`). */
function dotText(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('&', '&amp;');
}
