/** All rows of a store, to check whether anything was written. */
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { STORE_FILE } from '../../src/store/database.js';

export function rowsOfStore(folder: string): Record<string, unknown[]> {
  const database = new Sqlite(join(folder, STORE_FILE), { readonly: true });
  try {
    const tables = database
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'table'")
      .pluck()
      .all() as string[];
    return Object.fromEntries(
      tables.map((table) => [table, database.prepare(`SELECT * FROM "${table}"`).all()]),
    );
  } finally {
    database.close();
  }
}
