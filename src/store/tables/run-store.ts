/** The history of runs, which `stats` reads. */
import type { Damage } from '../damage.js';
import type { Statements } from '../statements.js';

export interface PhaseCounts {
  readonly hits: number;
  readonly misses: number;
  /** Time during which some step of the phase was running. */
  readonly wallMs: number;
  /** Sum of the busy time of all threads. */
  readonly cpuMs: number;
  /** The time that the steps that are hits took when they ran. */
  readonly savedMs: number;
}

export interface RunRecord {
  readonly id: number;
  /** Milliseconds since the epoch. */
  readonly started: number;
  readonly wallMs: number | null;
  readonly summary: string | null;
  readonly phases: ReadonlyMap<string, PhaseCounts>;
}

export interface FinishedRun {
  readonly id: number;
  /** Milliseconds since the epoch. */
  readonly started: number;
  readonly selection: string;
  readonly wallMs: number;
  readonly summary: string | null;
}

/** Only this many newest runs are stored. */
const KEPT_RUNS = 2000;

/** The selection name of a run that is a garbage collection instead of a build; it never finishes. */
export const COLLECTION = 'gc';

export class RunStore {
  constructor(
    private readonly database: Statements,
    private readonly damage: Damage,
  ) {}

  /** Begins a run; returns its number. */
  begin(started: number, selection: string): number {
    return Number(
      this.database.prepare('INSERT INTO run (started, selection) VALUES (?, ?)').run(started, selection)
        .lastInsertRowid,
    );
  }

  /** Records a garbage collection and removes the records of earlier ones. */
  beginCollection(started: number): void {
    this.database.prepare('DELETE FROM run WHERE selection = ?').run(COLLECTION);
    this.begin(started, COLLECTION);
  }

  /** When garbage was last collected, in milliseconds since the epoch; null if never. */
  lastCollection(): number | null {
    return this.startOf('SELECT max(started) AS started FROM run WHERE selection = ?');
  }

  /** When the oldest recorded build began; null if there is none. */
  firstStart(): number | null {
    return this.startOf('SELECT min(started) AS started FROM run WHERE selection <> ?');
  }

  private startOf(sql: string): number | null {
    const select = this.database.prepare<[string], { started: number | null }>(sql);
    return this.damage.guard(undefined, () => select.get(COLLECTION))?.started ?? null;
  }

  finish(run: number, wallMs: number, summary: string, phases: ReadonlyMap<string, PhaseCounts>): void {
    this.database.prepare('UPDATE run SET wall_ms = ?, summary = ? WHERE id = ?').run(wallMs, summary, run);
    const insert = this.database.prepare('INSERT OR REPLACE INTO run_phase VALUES (?, ?, ?, ?, ?, ?, ?)');
    for (const [phase, counts] of phases) {
      insert.run(run, phase, counts.hits, counts.misses, counts.wallMs, counts.cpuMs, counts.savedMs);
    }
    if (run % 100 === 0) {
      this.database
        .prepare('DELETE FROM run WHERE id <= ? AND selection <> ?')
        .run(run - KEPT_RUNS, COLLECTION);
      this.database.prepare('DELETE FROM run_phase WHERE run <= ?').run(run - KEPT_RUNS);
    }
  }

  /** The `count` newest finished runs before the run `before`, newest first. */
  finishedBefore(before: number, count: number): FinishedRun[] {
    const select = this.database.prepare<[number, number], FinishedRun>(
      `SELECT id, started, selection, wall_ms AS wallMs, summary FROM run
       WHERE wall_ms IS NOT NULL AND id < ? ORDER BY id DESC LIMIT ?`,
    );
    return this.damage.guard([], () => select.all(before, count));
  }

  /** The newest finished runs, newest first. */
  newest(count: number): RunRecord[] {
    return this.damage.guard([], () => this.read(count));
  }

  private read(count: number): RunRecord[] {
    const runs = this.database
      .prepare<[number], { id: number; started: number; wall_ms: number | null; summary: string | null }>(
        'SELECT id, started, wall_ms, summary FROM run WHERE wall_ms IS NOT NULL ORDER BY id DESC LIMIT ?',
      )
      .all(count);
    const phases = this.database.prepare<[number], { phase: string } & Record<string, number>>(
      `SELECT phase, hits, misses, wall_ms AS wallMs, cpu_ms AS cpuMs, saved_ms AS savedMs
       FROM run_phase WHERE run = ? ORDER BY phase`,
    );
    return runs.map((run) => ({
      id: run.id,
      started: run.started,
      wallMs: run.wall_ms,
      summary: run.summary,
      phases: new Map(
        phases.all(run.id).map(({ phase, hits, misses, wallMs, cpuMs, savedMs }) => {
          return [phase, { hits, misses, wallMs, cpuMs, savedMs }];
        }),
      ),
    }));
  }
}
