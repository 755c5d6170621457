/**
 * Kills commands and checks what remains: the store must open without problems and have everything that was
 * committed; the next build must run only what was not committed, and have the same result as a clean build.
 */
import { FAIL_POINTS } from '../../../src/fail-points.js';
import type { Random } from '../../workspace/random.js';
import { same } from '../same.js';
import type { ChosenEnd, Trial } from '../trial.js';
import { gc, incremental, VICTIMS, type Victim } from './victims.js';

/**
 * When to kill: this many milliseconds after the target has begun, or when it has reached a point this many times.
 */
type Moment = { readonly afterMs: number } | ChosenEnd;

/** Maximum milliseconds for a command to reach the point. */
const PATIENCE_MS = 60_000;

export class Campaign {
  /** By victim or point. */
  readonly kills = new Map<string, number>();
  /** Number of commands that ended before the kill. */
  survivors = 0;
  /** Number of cells that were committed before a kill, and that ran after it. */
  cellsKept = 0;
  cellsAfter = 0;
  private version = 0;
  /** By victim: its duration without a kill, in milliseconds. */
  private readonly durations = new Map<Victim, number>();

  constructor(
    private readonly trial: Trial,
    private readonly random: Random,
  ) {}

  get count(): number {
    return [...this.kills.values()].reduce((sum, kills) => sum + kills, 0);
  }

  /** Kills at random moments, with all kinds of victims in turn, this many times. */
  async atRandom(count: number): Promise<void> {
    for (let killed = 0; killed < count; ) {
      const victim = VICTIMS[killed % VICTIMS.length];
      const afterMs = this.random.next() * (await this.durationOf(victim));
      if (await this.kill(victim, { afterMs }, victim.name)) killed++;
    }
  }

  /**
   * Kills once at each point, at the first or an early time that it is reached. Throws if a point is never reached.
   */
  async atPoints(mostTimes: number): Promise<void> {
    for (const point of FAIL_POINTS) {
      const victim = point.startsWith('garbage') ? gc : incremental;
      const times = 1 + this.random.below(mostTimes);
      if (await this.kill(victim, { point, times }, point)) continue;
      // It may not be reached that often.
      if (await this.kill(victim, { point, times: 1 }, point)) continue;
      throw new Error(`${victim.name} never came to the point "${point}"`);
    }
  }

  private async durationOf(victim: Victim): Promise<number> {
    let duration = this.durations.get(victim);
    if (duration === undefined) {
      const model = victim.begun === undefined ? victim : incremental;
      await model.prepare(this.trial, ++this.version);
      const startedAt = performance.now();
      await this.run(model, { afterMs: PATIENCE_MS });
      duration = performance.now() - startedAt;
      this.durations.set(victim, duration);
    }
    return duration;
  }

  /** False if the command ended before the kill; what remains is checked in both cases. */
  private async kill(victim: Victim, moment: Moment, name: string): Promise<boolean> {
    const { trial } = this;
    const version = ++this.version;
    await victim.prepare(trial, version);
    const killed = await this.run(victim, moment);
    if (killed) this.kills.set(name, (this.kills.get(name) ?? 0) + 1);
    else this.survivors++;
    try {
      await this.lookAfter();
      victim.lookAfter?.(trial);
    } catch (error) {
      throw new Error(`after a kill of ${victim.name}, ${JSON.stringify({ version, moment })}`, {
        cause: error,
      });
    }
    return killed;
  }

  private async run(victim: Victim, moment: Moment): Promise<boolean> {
    const { trial } = this;
    const atPoint = 'point' in moment;
    const child = atPoint ? trial.startToEndAt(moment, victim.args) : trial.start(victim.args);
    const said: Buffer[] = [];
    child.stderr.on('data', (text: Buffer) => said.push(text));
    const ended = new Promise<NodeJS.Signals | number | null>((resolve, reject) => {
      child.on('error', reject).on('close', (code, signal) => resolve(signal ?? code));
    });
    if (victim.begun === undefined) child.stdout.resume();
    else await victim.begun(trial, child, this.version);
    const timer = setTimeout(() => child.kill('SIGKILL'), atPoint ? PATIENCE_MS : moment.afterMs);
    const end = await ended;
    clearTimeout(timer);
    if (end !== 'SIGKILL' && end !== 0) throw new Error(`it ended with ${end}: ${Buffer.concat(said)}`);
    return end === 'SIGKILL';
  }

  private async lookAfter(): Promise<void> {
    const { trial } = this;
    same('problems of the store', trial.problems(), []);
    const before = trial.stored();
    const { cellsRun } = await trial.build();
    const after = trial.stored();
    const lost = [...before.cells].filter((key) => !after.cells.has(key)).length;
    same('cells that were committed and are no more', lost, 0);
    same('cells that ran, and those that were not committed', cellsRun, after.cells.size - before.cells.size);
    same('steps that were stored twice', after.repeated, 0);
    same('results and published files', trial.state(), await trial.cleanState());
    same('problems of the store after the next build', trial.problems(), []);
    this.cellsAfter += cellsRun;
    this.cellsKept += before.cells.size;
  }
}
