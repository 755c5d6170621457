/** Which published files are ours and which tasks need them, so that a file leaves with its last task. */
import type { Damage } from './damage.js';
import type { Database } from './database.js';

export class PublishedStore {
  constructor(
    private readonly database: Database,
    private readonly damage: Damage,
  ) {}

  /** Paths below `out` that a task published. */
  filesOf(out: string, task: string): string[] {
    const select = this.database.prepare<[string, string], { file: string }>(
      'SELECT file FROM published WHERE out = ? AND task = ?',
    );
    return this.damage.guard([], () => select.all(out, task)).map((row) => row.file);
  }

  /** Tasks with something published below `out`. */
  tasks(out: string): string[] {
    const select = this.database.prepare<[string], { task: string }>(
      'SELECT DISTINCT task FROM published WHERE out = ?',
    );
    return this.damage.guard([], () => select.all(out)).map((row) => row.task);
  }

  isOurs(out: string, file: string): boolean {
    const select = this.database.prepare('SELECT 1 FROM published WHERE out = ? AND file = ? LIMIT 1');
    return this.damage.guard(false, () => select.get(out, file) !== undefined);
  }

  isNeededElsewhere(out: string, file: string, task: string): boolean {
    const select = this.database.prepare(
      'SELECT 1 FROM published WHERE out = ? AND file = ? AND task <> ? LIMIT 1',
    );
    // Where nothing is known, nothing may be deleted.
    return this.damage.guard(true, () => select.get(out, file, task) !== undefined);
  }

  add(out: string, task: string, files: Iterable<string>): void {
    const insert = this.database.prepare(
      'INSERT OR IGNORE INTO published (out, file, task) VALUES (?, ?, ?)',
    );
    for (const file of files) insert.run(out, file, task);
  }

  remove(out: string, task: string, files: Iterable<string>): void {
    const remove = this.database.prepare('DELETE FROM published WHERE out = ? AND file = ? AND task = ?');
    for (const file of files) remove.run(out, file, task);
  }
}
