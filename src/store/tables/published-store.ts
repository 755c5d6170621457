/**
 * The registered published files and their owners: a file is removed together with its last owner. An owner is a task
 * of one workspace; the caller gives its name.
 */
import type { Damage } from '../damage.js';
import type { Statements } from '../statements.js';

/**
 * Goes from one owner to the next by the index: there are many times more files than owners, and DISTINCT would read
 * all files.
 */
const OWNERS = `
  WITH RECURSIVE found (owner) AS (
    SELECT min(owner) FROM published WHERE out = ?
    UNION ALL
    SELECT (SELECT min(owner) FROM published WHERE out = ? AND owner > found.owner) FROM found WHERE owner IS NOT NULL
  )
  SELECT owner FROM found WHERE owner IS NOT NULL`;

export class PublishedStore {
  constructor(
    private readonly database: Statements,
    private readonly damage: Damage,
  ) {}

  /** Paths in `out` that an owner published. */
  filesOf(out: string, owner: string): string[] {
    const select = this.database.prepare<[string, string], { file: string }>(
      'SELECT file FROM published WHERE out = ? AND owner = ?',
    );
    return this.damage.guard([], () => select.all(out, owner)).map((row) => row.file);
  }

  /** The owners of published files in `out`. */
  owners(out: string): string[] {
    const select = this.database.prepare<[string, string], { owner: string }>(OWNERS);
    return this.damage.guard([], () => select.all(out, out)).map((row) => row.owner);
  }

  isOurs(out: string, file: string): boolean {
    const select = this.database.prepare('SELECT 1 FROM published WHERE out = ? AND file = ? LIMIT 1');
    return this.damage.guard(false, () => select.get(out, file) !== undefined);
  }

  isNeededElsewhere(out: string, file: string, owner: string): boolean {
    const select = this.database.prepare(
      'SELECT 1 FROM published WHERE out = ? AND file = ? AND owner <> ? LIMIT 1',
    );
    // If nothing is known, nothing may be deleted.
    return this.damage.guard(true, () => select.get(out, file, owner) !== undefined);
  }

  /** Whether several owners published the file. */
  isShared(out: string, file: string): boolean {
    const select = this.database.prepare('SELECT 1 FROM published WHERE out = ? AND file = ? LIMIT 2');
    return this.damage.guard(true, () => select.all(out, file).length === 2);
  }

  add(out: string, owner: string, files: Iterable<string>): void {
    const insert = this.database.prepare(
      'INSERT OR IGNORE INTO published (out, owner, file) VALUES (?, ?, ?)',
    );
    for (const file of files) insert.run(out, owner, file);
  }

  remove(out: string, owner: string, files: Iterable<string>): void {
    const remove = this.database.prepare('DELETE FROM published WHERE out = ? AND owner = ? AND file = ?');
    for (const file of files) remove.run(out, owner, file);
  }
}
