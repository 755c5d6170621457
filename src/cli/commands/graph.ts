/** `battbuild graph`: shows inputs, steps and outputs, and how they depend on each other. */

import { WorkspaceInputs } from '../../build/explain/workspace-inputs.js';
import { type Graph, LEVELS } from '../../build/graph/graph.js';
import type { PathSearch } from '../../build/graph/path.js';
import { graphOf } from '../../build/graph/workspace-graph.js';
import { ALL_TASKS } from '../../build/options.js';
import { selectTasks } from '../../build/selection/select-tasks.js';
import { nodeFileSystem } from '../../workspace/node-file-system.js';
import { Command, Option } from '../clipanion.js';
import { COMMON_OPTIONS } from '../options/common-options.js';
import { GRAPH_FORMATS } from '../options/option-words.js';
import { unknownTasks } from '../options/unknown-names.js';
import { EXIT, UsageProblem } from '../process/exit.js';
import { writeAll } from '../process/write-all.js';
import { openStoreIfThere } from '../queries/open-last-build.js';
import { InputCommand } from './workspace-command.js';

type GraphFormat = (typeof GRAPH_FORMATS)[number];

export default class GraphCommand extends InputCommand {
  static override paths = [['graph']];

  static override usage = Command.Usage({
    description: 'print what is made from what, or why one thing needs another',
    details: `
      Looks at the inputs as a build would now: steps are hits when the store has them, and misses when not; unknown are
      those that depend on misses. Published files are those that the last build wrote. Nothing is run.

      \`--level\`: workspace (all tasks together), task (a node a task), phase (a node a phase of each task) or step
      (everything); by default the most detailed one that can be taken in.

      \`--why A B\` prints a path from A to B, and what each arrow means. A and B are files, samples (\`demo0\` of one task,
      or \`'mirror demo 0'\`), settings (\`budget.cost\`), primitives, differs, solvers, steps (\`score\` or \`'score NAME'\`),
      published files and tasks (their results). Exit code 1 when there is no path.
    `,
    examples: [
      ['See what a task is made from', '$0 graph -i flip-sideways'],
      ['Draw it with Graphviz', '$0 graph -i flip-sideways --format dot'],
      ['Why does this result depend on that primitive?', '$0 graph --why vmirror flip-sideways'],
    ],
  });

  budget = COMMON_OPTIONS.budget();
  format = Option.String('--format', 'text', { description: 'text (default), dot, mermaid or json' });
  level = Option.String('--level', { description: 'workspace, task, phase or step' });
  why = Option.String('--why', { arity: 2, description: 'a path from an input A to an output B' });

  override async execute(): Promise<number> {
    const format = oneOf('--format', this.format, GRAPH_FORMATS);
    const level = this.level === undefined ? null : oneOf('--level', this.level, LEVELS);
    if (this.why !== undefined && level !== null)
      throw new UsageProblem('--why goes through single steps: without --level');
    const workspace = this.openWorkspace();
    const selection = this.selection();
    const store = openStoreIfThere(workspace.cache.path);
    try {
      const inputs = await WorkspaceInputs.read(
        store,
        workspace,
        [selection, ALL_TASKS],
        nodeFileSystem,
        Date.now,
      );
      const { ids, unknown } = selectTasks(inputs.ids, selection, (id) => inputs.isKnown(id));
      if (unknown.length > 0) throw unknownTasks(unknown);
      if (this.why === undefined) return await this.print(await graphOf(inputs, ids, level), format);
      const { findPath } = await import('../../build/graph/path.js');
      const [from, to] = this.why;
      return await this.printPath(await findPath(inputs, ids, from, to), from, to, format);
    } finally {
      store.close();
    }
  }

  private async print(graph: Graph, format: GraphFormat): Promise<number> {
    await writeAll(this.context.stdout, await this.texts(graph, format));
    return EXIT.done;
  }

  private async texts(graph: Graph, format: GraphFormat): Promise<Iterable<string>> {
    switch (format) {
      case 'text': {
        const { graphLines } = await import('../render/graph/graph-text.js');
        return graphLines(graph, this.style).map((line) => `${line}\n`);
      }
      case 'dot':
        return (await import('../render/graph/graph-dot.js')).dotLines(graph);
      case 'mermaid':
        return (await import('../render/graph/graph-mermaid.js')).mermaidLines(graph);
      case 'json':
        return [`${JSON.stringify(graph)}\n`];
    }
  }

  private async printPath(found: PathSearch, from: string, to: string, format: GraphFormat): Promise<number> {
    if (found.kind === 'unknown') {
      const hint =
        found.suggestion === null
          ? 'battbuild graph --level step lists names'
          : `did you mean ${JSON.stringify(found.suggestion)}?`;
      throw new UsageProblem(`nothing here is called ${JSON.stringify(found.name)}`, hint);
    }
    if (found.kind === 'none') {
      if (format === 'json') this.context.stdout.write('{"path":null}\n');
      this.say(`${JSON.stringify(to)} does not depend on ${JSON.stringify(from)}`);
      if (found.reversed) this.say(`    but ${JSON.stringify(from)} depends on ${JSON.stringify(to)}`);
      return EXIT.inputs;
    }
    if (format === 'text') {
      const { pathLines } = await import('../render/graph/graph-text.js');
      await writeAll(
        this.context.stdout,
        pathLines(found, this.style).map((line) => `${line}\n`),
      );
      return EXIT.done;
    }
    const { nodes, edges } = found;
    if (format === 'json') {
      this.context.stdout.write(`${JSON.stringify({ path: { nodes, edges } })}\n`);
      return EXIT.done;
    }
    return this.print({ level: 'step', tasks: 1, nodes, edges }, format);
  }
}

/** Throws UsageProblem. */
function oneOf<Word extends string>(option: string, text: string, words: readonly Word[]): Word {
  const word = words.find((one) => one === text);
  if (word !== undefined) return word;
  const known = `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
  throw new UsageProblem(`${option}: expected ${known}, found ${JSON.stringify(text)}`);
}
