/** The candidates of one task: its parents, mutants of them, and duplicates written differently. */
import { loadSource } from '../../src/lang/load.js';
import { decodeProgram, type Program } from '../../src/lang/program/program.js';
import { Draft } from './draft.js';
import { type Change, runAway } from './mutate.js';
import { printPlainly, printVaried } from './print.js';
import { Random } from './random.js';

/** Share of the mutants that blow up. In practice about a fifth of a percent of the cells of mutants never end. */
const RUNAWAY_SHARE = 0.002;

/** Number of attempts to find a new mutant. */
const TRIES = 20;

interface Known {
  readonly program: Program;
  readonly body: string;
}

/**
 * `count` solver functions of `task` as texts. Half of them are distinct (the parents first, then mutants of the
 * programs so far). The rest are duplicates of these with other names, order of lines, nesting and constants. They
 * depend only on the arguments.
 */
export function candidatesOf(
  task: string,
  parents: readonly Program[],
  count: number,
  seed: string,
  change: Change,
): string[] {
  const random = new Random(`${seed} ${task}`);
  const nameOf = namesOf(task, random);
  const distinct: Program[] = [];
  const ancestors: Program[] = [];
  const bodies = new Set<string>();
  const texts: string[] = [];
  const wanted = Math.ceil(count / 2);
  for (const parent of parents.slice(0, wanted)) {
    const text = printPlainly(Draft.of(parent), nameOf());
    const { program, body } = canonical(text);
    if (bodies.has(body)) continue;
    bodies.add(body);
    distinct.push(program);
    ancestors.push(program);
    texts.push(text);
  }
  while (distinct.length < wanted) {
    const name = nameOf();
    const draft = Draft.of(freshMutant(ancestors, bodies, change, random));
    const runsAway = random.chance(RUNAWAY_SHARE);
    if (runsAway) runAway(draft, random);
    const text = printPlainly(draft, name);
    const { program, body } = canonical(text);
    bodies.add(body);
    distinct.push(program);
    if (!runsAway) ancestors.push(program);
    texts.push(text);
  }
  while (texts.length < count) texts.push(printVaried(Draft.of(random.pick(distinct)), nameOf(), random));
  return random.shuffle(texts);
}

/** A mutant by one to three changes of a program of `from`; not among `bodies` if possible. */
function freshMutant(
  from: readonly Program[],
  bodies: ReadonlySet<string>,
  change: Change,
  random: Random,
): Program {
  let mutant = random.pick(from);
  for (let attempt = 0; attempt < TRIES; attempt++) {
    mutant = random.pick(from);
    let body = '';
    for (let changes = 1 + random.below(3); changes > 0; changes--) {
      const draft = Draft.of(mutant);
      if (!change(draft, random)) continue;
      const changed = known(printPlainly(draft, 'mutant'));
      // A call of a primitive with a wrong number of arguments does not load.
      if (changed !== null) ({ program: mutant, body } = changed);
    }
    if (body !== '' && !bodies.has(body)) return mutant;
  }
  return mutant;
}

/** The canonical form of the only function of a text. */
function canonical(text: string): Known {
  const loaded = known(text);
  if (loaded === null) throw new Error(`a generated candidate does not load:\n${text}`);
  return loaded;
}

/** The same; null if it does not load. */
function known(text: string): Known | null {
  const { functions } = loadSource(Buffer.from(text), 'candidate');
  if (functions.length !== 1) return null;
  return { program: decodeProgram(functions[0].program), body: functions[0].body };
}

/** Names of functions that belong to the task, each once. */
function namesOf(task: string, random: Random): () => string {
  const taken = new Set<string>();
  return () => {
    let name: string;
    do name = `solve_${task}_${random.hex()}`;
    while (taken.has(name));
    taken.add(name);
    return name;
  };
}
