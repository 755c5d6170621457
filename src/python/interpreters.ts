/** The interpreters of a build, or of all builds of a watch. They are started on first use. */
import type { BatchAnswer, TaskGrids } from '../engine/batch.js';
import type { Reply } from '../engine/reply.js';
import type { Workspace } from '../workspace/workspace.js';
import type { InterpreterPool, InterpretersOptions } from './interpreter-pool.js';
import type { PythonBatch } from './python-cells.js';
import type { LoadedPython } from './python-file.js';
import { pythonSettingsOf } from './python-settings.js';

export class Interpreters {
  private current: Promise<InterpreterPool> | null = null;
  private readonly dying = new Set<Promise<void>>();

  constructor(private readonly options: InterpretersOptions) {}

  async load(source: Uint8Array, entry: string): Promise<LoadedPython> {
    return (await this.pool()).load(source, entry);
  }

  async run(grids: TaskGrids, batch: PythonBatch): Promise<Reply<BatchAnswer>> {
    return (await this.pool()).run(grids, batch);
  }

  /** Loads the Python files of a workspace. */
  loading(workspace: Pick<Workspace, 'settings' | 'wheels'>) {
    const settings = pythonSettingsOf(workspace);
    return { ...settings, load: (source: Uint8Array) => this.load(source, settings.entry) };
  }

  /** Ends the interpreters at once: their requests are lost. Later requests get new interpreters. */
  kill(): void {
    if (this.current === null) return;
    const killed = this.current.then((pool) => pool.close());
    this.current = null;
    this.dying.add(killed);
    void killed.finally(() => this.dying.delete(killed));
  }

  /** Ends the interpreters; resolves when their processes have ended. */
  async close(): Promise<void> {
    this.kill();
    await Promise.all(this.dying);
  }

  private pool(): Promise<InterpreterPool> {
    this.current ??= import('./interpreter-pool.js').then(
      ({ InterpreterPool: Pool }) => new Pool(this.options),
    );
    return this.current;
  }
}

/** The interpreters that a workspace's settings ask for. */
export function interpretersOf({ settings, wheels }: Pick<Workspace, 'settings' | 'wheels'>): Interpreters {
  const { jobs, 'budget.wallSeconds': wallSeconds } = settings;
  return new Interpreters({ jobs: jobs.value, wallSeconds: wallSeconds.value, wheels });
}
