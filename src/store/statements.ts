/** Prepares each statement once: compiling SQL usually takes longer than executing it. */
import type { Database } from './database.js';

export type Statements = Pick<Database, 'prepare'>;

export function preparedOnce(database: Database): Statements {
  const prepared = new Map<string, ReturnType<Database['prepare']>>();
  const prepare = (sql: string) => {
    let statement = prepared.get(sql);
    if (statement === undefined) {
      statement = database.prepare(sql);
      prepared.set(sql, statement);
    }
    return statement;
  };
  return { prepare: prepare as Database['prepare'] };
}
