/** Runs a sample of the stored steps of a workspace again, and compares their outputs with the stored ones. */

import { ByteReader, ByteWriter } from '../../encoding/bytes.js';
import { newSha256 } from '../../encoding/digest.js';
import { filter } from '../../phases/filter.js';
import { inline } from '../../phases/inline.js';
import { actionKey } from '../../phases/key.js';
import { type FileSubject, load } from '../../phases/load.js';
import type { StepPhase } from '../../phases/phase.js';
import { type ScoreContext, score } from '../../phases/score.js';
import { TaskSubject } from '../../phases/subject/task-subject.js';
import { type ValidateContext, validate } from '../../phases/validate.js';
import { type ActionKey, NO_RUN, type PackEntry } from '../../store/pack.js';
import type { Store } from '../../store/store.js';
import type { Shard } from '../../store/tables/action-cache.js';
import { digestTask } from '../../task/task-digest.js';
import { workersOf } from '../../workers/workers.js';
import type { Workspace } from '../../workspace/workspace.js';
import { Catalog } from '../inputs/catalog.js';
import { scanInputs } from '../inputs/scan.js';
import { Evaluator } from '../run/evaluator.js';
import { budgetOf, furtherSamplesOf } from '../selection/selection.js';
import type { BuildEnvironment } from '../session/session.js';
import { shardName } from './verify-shards.js';

export interface Sample {
  /** The share of stored steps that run again: above 0, at most 1. */
  readonly share: number;
  readonly seed: number;
}

export interface Recomputed {
  /** Number of steps that ran again and could be compared. */
  readonly steps: number;
  /** One line for each step with another output. */
  readonly problems: readonly string[];
}

/**
 * Runs a sample of the steps of the workspace's files and tasks again, if they and all of their inputs are stored.
 * `repair` removes the steps with other outputs, and the records of their tasks. Writes nothing else.
 */
export async function recompute(
  store: Store,
  workspace: Workspace,
  world: BuildEnvironment,
  sample: Sample,
  repair: boolean,
): Promise<Recomputed> {
  const workers = workersOf(workspace, world);
  const { settings } = workspace;
  const budget = budgetOf(workspace);
  const evaluator = new Evaluator({
    budget,
    emit: () => {},
    workers,
    ...(world.mainThreadCells === undefined ? {} : { mainThreadCells: world.mainThreadCells }),
  });
  const again = new Recomputation(store, sample, repair);
  const catalog = new Catalog({
    scan: scanInputs(workspace, null, world.files, world.now),
    recorded: new Map(),
    pairing: settings.pairing.value,
    dialect: settings.dialect.value,
    python: workers.interpreters.loading(workspace),
    further: furtherSamplesOf(workspace),
    load: async (file) => {
      if (!(await again.phase(load, file, null))) await loadAnew(file);
      return 0;
    },
  });
  try {
    await catalog.read();
    const context: ValidateContext & ScoreContext = {
      budget,
      evaluate: (subject, cells) => evaluator.evaluate(subject, cells),
      differs: catalog.differs,
      evaluateDiffers: (subject, differs, pairs) => evaluator.differ(subject, differs, pairs),
    };
    for (const id of catalog.ids) {
      const inputs = await catalog.taskWithCandidates(id);
      if (inputs === null) continue;
      const { task, candidates } = inputs;
      const subject = new TaskSubject(task, digestTask(task), candidates, new Map());
      await filter.apply(subject, context);
      // The inputs of a phase are the results of the phases before it.
      if (!(await again.phase(inline, subject, context))) continue;
      if (!(await again.phase(validate, subject, context))) continue;
      await again.phase(score, subject, context);
    }
  } finally {
    await workers.close();
  }
  return again;
}

async function loadAnew(file: FileSubject): Promise<void> {
  const { outputs, blobs } = await load.run([file], file, null);
  load.accept(file, [file], outputs, blobs);
}

class Recomputation implements Recomputed {
  steps = 0;
  readonly problems: string[] = [];

  constructor(
    private readonly store: Store,
    private readonly sample: Sample,
    private readonly repair: boolean,
  ) {}

  /** Takes a subject through a phase with stored outputs only; false if some are missing. */
  async phase<Subject, Step, Output, Context>(
    phase: StepPhase<Subject, Step, Output, Context>,
    subject: Subject,
    context: Context,
  ): Promise<boolean> {
    const shard = this.store.actions.read(phase.name, phase.shard(subject));
    const steps = phase.steps(subject);
    const stored = steps.map((step) => {
      const key = actionKey(phase.name, phase.version, (writer) => phase.key(step, subject, context, writer));
      const entry = shard.entries.get(key);
      return entry === undefined ? undefined : { entry, output: readOutput(phase, entry, shard) };
    });
    const chosen = steps.flatMap((step, k) => {
      const entry = stored[k]?.entry;
      return entry !== undefined && this.isChosen(entry.key) ? [{ step, entry }] : [];
    });
    const wrong = chosen.length === 0 ? [] : await this.compare(phase, subject, context, chosen, shard);
    if (wrong.length > 0) this.found(phase.name, phase.shard(subject), wrong);
    const outputs = stored.flatMap((one) => (one?.output === undefined ? [] : [one.output]));
    if (outputs.length < steps.length) return false;
    phase.accept(subject, steps, outputs, shard.blobs);
    return true;
  }

  /** Chosen by a digest of the step's key, so that the sample does not depend on the store's other contents. */
  private isChosen(key: ActionKey): boolean {
    const { seed, share } = this.sample;
    const digest = newSha256().update(`${seed} `).update(key, 'latin1').digest();
    return digest.readUInt32BE(0) < share * 2 ** 32;
  }

  /** Runs the chosen steps; returns the keys of those with other outputs. */
  private async compare<Subject, Step, Output, Context>(
    phase: StepPhase<Subject, Step, Output, Context>,
    subject: Subject,
    context: Context,
    chosen: readonly { readonly step: Step; readonly entry: PackEntry }[],
    shard: Shard,
  ): Promise<PackEntry[]> {
    const entries = new Map(chosen.map(({ step, entry }) => [step, entry]));
    const wrong: PackEntry[] = [];
    for (const batch of phase.batches([...entries.keys()], subject)) {
      const { outputs, blobs } = await phase.run(batch, subject, context);
      batch.forEach((step, k) => {
        // Lost to a timeout or a crash: that tells nothing about the stored output.
        if (!phase.cacheable(outputs[k])) return;
        this.steps++;
        const entry = entries.get(step) as PackEntry;
        const writer = new ByteWriter(64);
        phase.write(outputs[k], writer);
        const same = phase
          .blobsOf(outputs[k])
          .every((blob) => sameBytes(blobs.get(blob), shard.blobs.get(blob)));
        if (!same || !sameBytes(writer.finish(), entry.value)) wrong.push(entry);
      });
    }
    return wrong;
  }

  private found(phase: string, shard: string, entries: readonly PackEntry[]): void {
    const { store, repair } = this;
    const key = { phase, shard };
    const which = entries.length === 1 ? '1 stored step comes' : `${entries.length} stored steps come`;
    const shared = entries.filter(({ run }) => run === NO_RUN).length;
    const from = shared === 0 ? '' : ` (${shared} from the shared cache)`;
    this.problems.push(`${phase} of ${shardName(key)}: ${which} to something else when run again${from}`);
    if (!repair) return;
    store.write(() => {
      const wrong: ReadonlySet<string> = new Set(entries.map((entry) => entry.key));
      const stored = store.actions.read(phase, shard);
      const sound = [...stored.entries.values()].filter((entry) => !wrong.has(entry.key));
      store.upkeep.replacePacks(key, { entries: sound, blobs: stored.blobs });
      for (const { id } of store.upkeep.selections()) {
        // Any task may have a solver of the file.
        const tasks = phase === load.name ? store.upkeep.taskNames(id) : [shard];
        for (const task of tasks) store.selections.removeTask(id, task);
      }
    });
  }
}

/** Undefined if a build would not use it. */
function readOutput<Subject, Step, Output, Context>(
  phase: StepPhase<Subject, Step, Output, Context>,
  { value }: PackEntry,
  shard: Shard,
): Output | undefined {
  try {
    const output = phase.read(new ByteReader(value));
    return phase.blobsOf(output).every((blob) => shard.blobs.has(blob)) ? output : undefined;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function sameBytes(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  return a !== undefined && b !== undefined && Buffer.compare(a, b) === 0;
}
