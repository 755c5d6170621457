/** Graphs for Graphviz, for Mermaid and as text: valid for any names of inputs. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Graph, GraphNode } from '../../../src/build/graph/graph.js';
import { dotLines } from '../../../src/cli/render/graph/graph-dot.js';
import { labelLines } from '../../../src/cli/render/graph/graph-label.js';
import { mermaidLines } from '../../../src/cli/render/graph/graph-mermaid.js';
import { graphLines, pathLines } from '../../../src/cli/render/graph/graph-text.js';
import { Style } from '../../../src/cli/render/style.js';
import { printable } from '../../../src/text/printable.js';

function node(name: string, changes: Partial<GraphNode> = {}): GraphNode {
  const steps = { hits: 1, misses: 0, unknown: 0 };
  return { id: name, kind: 'step', what: 'load', name, task: null, detail: '', steps, ...changes };
}

/** An input and a step made from it. */
function graphOf(from: string, to: string, arrow = 'is read by'): Graph {
  const nodes = [node(`a${from}`, { kind: 'input', steps: null, name: from }), node(`b${to}`, { name: to })];
  return { level: 'step', tasks: 1, nodes, edges: [{ from: nodes[0].id, to: nodes[1].id, arrow }] };
}

const HOSTILE = [
  'solvers/plain.py',
  'say "hello".py',
  'back\\slash\\n\\N\\l.py',
  'a&lt;b&#34;.py',
  '<script>alert(1)</script>.py',
  'line\nbreak\r.py',
  '\u001b[31mred\u0007.py',
  'turned\u202earound.py',
  '#quot;#35;.py',
  'end',
  'END of it, end.py',
  'style x:#fff;.py',
  'classDef a:#b;',
  '%%{init: {}}%%',
  '`**bold**` _x_.py',
  '1. one',
  '- dash',
  'n0 --> n1; subgraph x',
  '"] --> n7["',
  '"]; n7 [label="',
  'größe 🙂.py',
];
const names = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary', maxLength: 20 }));

/** The text of a Graphviz string: its escapes, then those of labels, then entities. */
function readDot(text: string): string {
  return text
    .replaceAll('\\"', '"')
    .replaceAll(/\\(.)/g, (_, mark: string) => (mark === 'n' ? '\u0000' : mark))
    .replaceAll('&amp;', '&')
    .replaceAll('\u0000', '\n');
}

describe('dot', () => {
  const STATEMENT =
    /^ {2}(?:rankdir=LR|(?:node|edge) \[[^"\]]*"sans-serif"[^"\]]*\]|n\d+(?: -> n\d+)? \[label="((?:[^"\\\n]|\\.)*)"(?:, \w+=\w+)*\]);$/u;

  it('is valid, and shows every name as it is', () => {
    fc.assert(
      fc.property(names, names, names, (from, to, arrow) => {
        const lines = [...dotLines(graphOf(from, to, arrow))].join('').split('\n').slice(0, -1);
        expect([lines[0], lines.at(-1)]).toEqual(['digraph battbuild {', '}']);
        const labels: string[] = [];
        for (const line of lines.slice(1, -1)) {
          const read = STATEMENT.exec(line);
          expect([line, read !== null]).toEqual([line, true]);
          if (read?.[1] !== undefined) labels.push(readDot(read[1]));
        }
        const { nodes } = graphOf(from, to);
        expect(labels).toEqual([...nodes.map((one) => labelLines(one).join('\n')), printable(arrow)]);
      }),
    );
  });
});

/** The text of a Mermaid label: numeric entities and line breaks. */
function readMermaid(text: string): string {
  return text
    .replaceAll('<br/>', '\n')
    .replaceAll(/#(\d+);/g, (_, number: string) => String.fromCodePoint(Number(number)));
}

describe('mermaid', () => {
  const TEXT = '((?:[\\p{L}\\p{N} _.,/()-]|#\\d+;|<br/>)*)';
  const NODE = new RegExp(`^ {2}n\\d+(?:\\[/"${TEXT}"/\\]|\\["${TEXT}"\\]|\\(\\["${TEXT}"\\]\\))$`, 'u');
  const EDGE = new RegExp(`^ {2}n\\d+ -->\\|"${TEXT}"\\| n\\d+$`, 'u');
  const CLASS = /^ {2}(?:classDef (hit|miss|unknown) stroke:\w+|class n\d+(,n\d+)* (hit|miss|unknown))$/;

  it('is valid, and shows every name as it is', () => {
    fc.assert(
      fc.property(names, names, names, (from, to, arrow) => {
        const lines = [...mermaidLines(graphOf(from, to, arrow))].join('').split('\n').slice(0, -1);
        expect(lines[0]).toBe('flowchart LR');
        const labels: string[] = [];
        for (const line of lines.slice(1)) {
          const read = NODE.exec(line) ?? EDGE.exec(line);
          expect([line, read !== null || CLASS.test(line)]).toEqual([line, true]);
          if (read !== null)
            labels.push(readMermaid(read.slice(1).find((text) => text !== undefined) as string));
          // The word ends a subgraph, and has broken labels before.
          expect(line).not.toMatch(/\bend\b/i);
        }
        const { nodes } = graphOf(from, to);
        expect(labels).toEqual([...nodes.map((one) => labelLines(one).join('\n')), printable(arrow)]);
      }),
    );
  });
});

it('the text and paths have nothing that a terminal obeys', () => {
  fc.assert(
    fc.property(names, names, (from, to) => {
      const graph = graphOf(from, to);
      const path = { kind: 'path', nodes: graph.nodes, edges: graph.edges } as const;
      for (const line of [...graphLines(graph, new Style(1)), ...pathLines(path, new Style(1))]) {
        expect(line).toBe(printable(line));
      }
    }),
  );
});

it('the text has inputs, steps by phase with what a build would find, and outputs', () => {
  const none = { steps: null };
  const graph: Graph = {
    level: 'step',
    tasks: 1,
    nodes: [
      node('a.json', { kind: 'input', what: 'task file', ...none }),
      node('vmirror', { kind: 'input', what: 'primitive', ...none }),
      node('rot90', { kind: 'input', what: 'primitive', ...none }),
      node('t/s', { what: 'score', steps: { hits: 0, misses: 0, unknown: 1 } }),
      node('a.py', { what: 'load', steps: { hits: 1200, misses: 1, unknown: 0 } }),
      node('t', { kind: 'output', what: 'result', detail: 'solved', ...none }),
    ],
    edges: [],
  };
  expect(graphLines(graph, new Style(1))).toEqual([
    '1 task, 1,202 steps: 1,200 hits, 1 miss, 1 unknown',
    '',
    'task file  a.json',
    'primitives: vmirror, rot90',
    '',
    'load   a.py  1,200 hits, 1 miss',
    'score  t/s   unknown',
    '',
    'result  t  solved',
    '',
    'level step, 6 nodes, 0 arrows; --format dot, mermaid or json has the arrows',
  ]);
});
