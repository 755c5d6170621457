/** The full graph of one task: every file, sample, setting and primitive, every step, every published file. */
import type { ProgramFacts } from '../../lang/program/facts.js';
import { inlineProgram } from '../../phases/inline.js';
import type { Candidate, Inlined } from '../../phases/subject/task-subject.js';
import { arePython } from '../../python/python-program.js';
import type { SettingName } from '../../workspace/config/config-keys.js';
import { textName } from '../../workspace/output/published-path.js';
import { type ExplainedStep, explainTask } from '../explain/explain.js';
import type { TaskInputs } from '../explain/task-inputs.js';
import type { WorkspaceInputs } from '../explain/workspace-inputs.js';
import type { GraphBuilder, StepCounts } from './graph.js';

/** The settings on which publishing depends, and their effects. */
const PUBLISH_SETTINGS = [
  ['publish.enabled', 'switches'],
  ['publish.keep', 'limits'],
  ['publish.links', 'forms'],
] as const;

/** Adds a task to the graph. With `states`, steps are looked up in the store. */
export async function addTask(
  builder: GraphBuilder,
  inputs: WorkspaceInputs,
  id: string,
  states: boolean,
): Promise<void> {
  new TaskGraph(builder, inputs, await inputs.task(id), states).add();
}

/** The budget of solver programs and of differs. */
const BUDGETS = ['budget.cost', 'budget.cells'] as const;

/** A program of the task, named by its first candidate. */
interface Program {
  readonly name: string;
  readonly candidates: readonly Candidate[];
  readonly inlined: Inlined;
}

class TaskGraph {
  private readonly id: string;
  private readonly programs: readonly Program[];
  /** By the id of a step's node; null without `states`. */
  private readonly states: ReadonlyMap<string, StepCounts> | null;

  constructor(
    private readonly builder: GraphBuilder,
    private readonly all: WorkspaceInputs,
    private readonly inputs: TaskInputs,
    states: boolean,
  ) {
    this.id = inputs.task.id;
    this.programs = programsOf(inputs.candidates);
    this.states = states ? this.lookUp() : null;
  }

  add(): void {
    const { builder, inputs, id, programs } = this;
    const samples = this.addSamples();
    const differs = this.addDiffers();
    const filter = this.addFilter();
    const differsStep = this.step('differs', id, 'differs');
    const publish = this.step('publish', id, 'publish');
    const texts = new Map<string, string>();
    const scores: string[] = [];
    for (const { name, inlined, candidates } of programs) {
      const inline = this.step('inline', `${id}/${name}`, `inline ${name}`);
      builder.connect(filter, 'gives a distinct program to', inline);
      texts.set(`solver_md5/${textName(inlined.text)}`, inline);
      const score = this.step('score', `${id}/${name}`, `score ${name}`);
      scores.push(score);
      for (const [k, sample] of samples.entries()) {
        const of = inputs.samples[k];
        const subject = `${name} ${of.kind} ${of.index}`;
        const cell = this.step('validate', `${id}/${subject}`, `validate ${subject}`);
        builder.connect(inline, 'gives the program and what it can reach to', cell);
        builder.connect(sample, 'has the input that is given to', cell);
        if (inlined.facts.readsS) {
          for (const [at, demo] of samples.entries()) {
            if (inputs.samples[at].kind === 'demo' && at !== k) {
              builder.connect(demo, 'is among the demonstrations that are read by', cell);
            }
          }
        }
        this.addCode(inlined.facts, cell);
        builder.connect(cell, 'gives the outcome to', score);
        if (of.sample.output !== null)
          builder.connect(sample, 'has the expected output that is compared by', score);
      }
      this.addScoring(score, differs, samples);
      builder.connect(score, 'gives the d_scores to', differsStep);
      builder.connect(inline, 'gives the text to', publish);
      builder.connect(score, 'gives the place in the ranking to', publish);
      this.addResults(candidates, score);
    }
    builder.connect(differsStep, 'gives the s_scores to', publish);
    for (const [name, does] of PUBLISH_SETTINGS) {
      builder.connect(this.setting(name), does, publish);
    }
    this.addVerdict(scores);
    this.addPublished(publish, differsStep, texts, differs);
  }

  private addSamples(): string[] {
    const { builder, id, inputs, all } = this;
    const holders = all.filesOf(id).task.map((name) => this.file(name, 'task file'));
    return inputs.samples.map(({ kind, index }) => {
      const name = `${id} ${kind} ${index}`;
      const short = [`${kind} ${index}`, `${kind}${index}`];
      const sample = builder.add(
        { id: `sample ${name}`, kind: 'input', what: 'sample', name, task: id },
        ...short,
      );
      for (const file of holders) builder.connect(file, 'holds', sample);
      return sample;
    });
  }

  /** The inputs of a cell's key besides its program: what evaluates it, and its budget. */
  private addCode(facts: ProgramFacts, cell: string): void {
    const { builder } = this;
    const isPython = arePython(facts);
    for (const name of facts.primitives) {
      if (isPython) builder.connect(this.interpreter(name), 'runs', cell);
      else builder.connect(this.primitive(name), 'is called by', cell);
    }
    const limits = isPython ? (['python.events'] as const) : BUDGETS;
    for (const limit of limits) builder.connect(this.setting(limit), 'limits', cell);
  }

  /** The load steps of the differs, by the file name of the published text; empty without differs. */
  private addDiffers(): ReadonlyMap<
    string,
    { readonly load: string; readonly primitives: readonly string[] }
  > {
    const differs = new Map<string, { load: string; primitives: readonly string[] }>();
    for (const { file, name, text, facts } of this.inputs.differs.differs) {
      const load = this.load(file, 'differ file', `${file} ${name}`, name);
      differs.set(textName(text), { load, primitives: facts.primitives });
    }
    return differs;
  }

  private addFilter(): string {
    const { builder, inputs } = this;
    const loads = [...new Set(inputs.candidates.map(({ file }) => file))].map((file) =>
      this.load(file, 'solver file'),
    );
    const filter = this.step('filter', this.id, 'filter');
    builder.connect(this.setting('pairing'), 'says which solvers are tried, to', filter);
    for (const load of loads) builder.connect(load, 'gives its functions to', filter);
    return filter;
  }

  private addScoring(
    score: string,
    differs: ReadonlyMap<string, { readonly load: string; readonly primitives: readonly string[] }>,
    samples: readonly string[],
  ): void {
    const { builder } = this;
    if (differs.size === 0) return;
    for (const { load, primitives } of differs.values()) {
      builder.connect(load, 'gives the differ to', score);
      for (const primitive of primitives) {
        builder.connect(this.primitive(primitive), 'is called by a differ of', score);
      }
    }
    for (const [k, sample] of samples.entries()) {
      if (this.inputs.samples[k].sample.output === null) {
        builder.connect(sample, 'has the input that outputs are compared with by', score);
      }
    }
    for (const budget of BUDGETS) builder.connect(this.setting(budget), 'limits the differs of', score);
  }

  private addResults(candidates: readonly Candidate[], score: string): void {
    const { builder, id } = this;
    for (const { file, name } of candidates) {
      const result = builder.add(
        {
          id: `result ${id}/${name} ${file}`,
          kind: 'output',
          what: 'result',
          name: `${id}/${name}`,
          task: id,
        },
        name,
        `result ${id}/${name}`,
      );
      builder.connect(score, 'is', result);
    }
  }

  private addVerdict(scores: readonly string[]): void {
    const { builder, id, all } = this;
    const result = builder.add({
      id: `result ${id}`,
      kind: 'output',
      what: 'result',
      name: id,
      task: id,
      detail: all.upToDate(id)?.verdict ?? '',
    });
    for (const score of scores) builder.connect(score, 'is a part of', result);
  }

  private addPublished(
    publish: string,
    differsStep: string,
    texts: ReadonlyMap<string, string>,
    differs: ReadonlyMap<string, { readonly load: string }>,
  ): void {
    const { builder, id, all } = this;
    const { workspace } = all;
    for (const file of all.publishedOf(id)) {
      const base = file.slice(file.lastIndexOf('/') + 1);
      const isText = file.indexOf('/') === file.lastIndexOf('/');
      const name = `${workspace.out.name}/${file}`;
      const shared = isText ? null : id;
      const node = builder.add(
        { id: `published ${file}`, kind: 'output', what: 'published file', name, task: shared },
        ...[file, `${workspace.out.path}/${file}`, ...(isText ? [base, base.replace(/\.py$/, '')] : [])],
      );
      builder.connect(publish, 'writes', node);
      const inline = texts.get(`solver_md5/${base}`);
      const differ = differs.get(base);
      if (inline !== undefined && isText) builder.connect(inline, 'gives the text of', node);
      if (differ !== undefined && isText) builder.connect(differ.load, 'gives the text of', node);
      if (differ !== undefined && !isText)
        builder.connect(differsStep, 'gives the s_score in the name of', node);
      if (inline !== undefined && !isText) {
        builder.connect(inline.replace(/^inline /, 'score '), 'gives the o_score in the name of', node);
      }
    }
  }

  private load(file: string, what: string, ...names: readonly string[]): string {
    const node = this.file(file, what);
    const load = this.step('load', file, ...names);
    this.builder.connect(node, 'is read by', load);
    if (this.inputs.isPython(file)) {
      this.builder.connect(this.setting('python.entry'), 'says which function is called, to', load);
    }
    return load;
  }

  private file(name: string, what: string): string {
    return this.builder.add({ id: `file ${name}`, kind: 'input', what, name });
  }

  private primitive(name: string): string {
    return this.builder.add({ id: `primitive ${name}`, kind: 'input', what: 'primitive', name });
  }

  private interpreter(name: string): string {
    return this.builder.add({ id: `interpreter ${name}`, kind: 'input', what: 'interpreter', name });
  }

  private setting(name: SettingName): string {
    const { builder, all } = this;
    const { value, origin } = all.workspace.settings[name];
    const config = origin.kind === 'file' ? this.file(origin.file, 'config file') : null;
    const setting = builder.add({
      id: `setting ${name}`,
      kind: 'input',
      what: 'setting',
      name,
      detail: String(value),
    });
    if (config !== null) builder.connect(config, 'sets', setting);
    return setting;
  }

  private step(phase: string, subject: string, ...names: readonly string[]): string {
    const id = `${phase} ${subject}`;
    const isStored = phase !== 'filter' && phase !== 'differs';
    const steps = isStored ? (this.states?.get(id) ?? null) : null;
    const detail = isStored ? '' : 'not stored';
    const task = phase === 'load' ? null : this.id;
    return this.builder.add({ id, kind: 'step', what: phase, name: subject, task, detail, steps }, ...names);
  }

  private lookUp(): Map<string, StepCounts> {
    const { inputs, all, id, programs } = this;
    const states = new Map<string, StepCounts>();
    // The first solver of every program, in the order in which their steps are explained.
    let program = -1;
    for (const { phase, subject, sample, state } of explainTask(inputs, null, all.files).steps) {
      if (phase === 'inline') program++;
      const name = `${id}/${programs[program]?.name}${sample === null ? '' : ` ${sample}`}`;
      const of = phase === 'load' || phase === 'publish' ? subject : name;
      states.set(`${phase} ${of}`, COUNTS[state]);
    }
    for (const { file } of inputs.differs.differs) {
      states.set(`load ${file}`, COUNTS[all.isLoaded(file) ? 'hit' : 'miss']);
    }
    return states;
  }
}

const COUNTS: Readonly<Record<ExplainedStep['state'], StepCounts>> = {
  hit: { hits: 1, misses: 0, unknown: 0 },
  miss: { hits: 0, misses: 1, unknown: 0 },
  unknown: { hits: 0, misses: 0, unknown: 1 },
};

/** The distinct programs among the candidates, in the order of the first of each. */
function programsOf(candidates: readonly Candidate[]): Program[] {
  const byBody = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    const same = byBody.get(candidate.body);
    if (same === undefined) byBody.set(candidate.body, [candidate]);
    else same.push(candidate);
  }
  const named = new Map<string, number>();
  for (const [{ name }] of byBody.values()) named.set(name, (named.get(name) ?? 0) + 1);
  return [...byBody.values()].map((same) => {
    const [{ name, file, program }] = same;
    // Two files may have a function of the same name.
    const shown = named.get(name) === 1 ? name : `${name} (${file})`;
    return { name: shown, candidates: same, inlined: inlineProgram(program) };
  });
}
