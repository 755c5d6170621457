/** A graph as a Mermaid flowchart, which READMEs and issues show as a picture. */
import type { Graph } from '../../../build/graph/graph.js';
import { printable } from '../../../text/printable.js';
import { labelLines, stateOf } from './graph-label.js';

const SHAPES = { input: ['[/"', '"/]'], step: ['["', '"]'], output: ['(["', '"])'] } as const;
const STATES = { hit: 'stroke:forestgreen', miss: 'stroke:darkorange', unknown: 'stroke:purple' } as const;

export function* mermaidLines({ nodes, edges }: Pick<Graph, 'nodes' | 'edges'>): Generator<string> {
  const numbers = new Map(nodes.map(({ id }, k) => [id, `n${k}`]));
  yield 'flowchart LR\n';
  for (const node of nodes) {
    const [open, close] = SHAPES[node.kind];
    yield `  ${numbers.get(node.id)}${open}${labelLines(node).map(mermaidText).join('<br/>')}${close}\n`;
  }
  for (const { from, to, arrow } of edges) {
    yield `  ${numbers.get(from)} -->|"${mermaidText(printable(arrow))}"| ${numbers.get(to)}\n`;
  }
  for (const state of ['hit', 'miss', 'unknown'] as const) {
    const members = nodes.filter(({ steps }) => stateOf(steps) === state).map(({ id }) => numbers.get(id));
    if (members.length > 0)
      yield `  classDef ${state} ${STATES[state]}\n  class ${members.join(',')} ${state}\n`;
  }
}

/**
 * Writes everything except letters, digits and harmless characters as entities. Mermaid reads text as Markdown and
 * HTML, and gives some words and marks a meaning even between quotes (`end`, `%%`, `style ...:#...;`, `1.` and `-` at
 * the beginning of a line).
 */
function mermaidText(text: string): string {
  return text
    .replace(/[^\p{L}\p{N} _.,/()-]/gu, (character) => `#${character.codePointAt(0)};`)
    .replace(/^(\d*)([.-])/, (_, number: string, mark: string) => `${number}#${mark.codePointAt(0)};`)
    .replace(/\b(e)(nd)\b/gi, (_, first: string, rest: string) => `#${first.codePointAt(0)};${rest}`);
}
