/** The kinds of damage to a store: to the bytes of its files, or to its database by other programs. */
import Sqlite from 'better-sqlite3';
import type { Random } from '../../workspace/random.js';

/** The database, and its journal if the last process did not end cleanly. */
export interface StoreFiles {
  readonly database: Buffer;
  readonly journal: Buffer | null;
}

export interface Harm {
  /** Whether it is applied to a store whose last process was killed. */
  readonly unclean: boolean;
  /** Applied to bytes; returns the new files. */
  readonly bytes?: (files: StoreFiles, random: Random) => StoreFiles;
  /** Applied to the database at a path. */
  readonly rows?: (file: string, random: Random) => void;
}

function flipped(bytes: Buffer, random: Random): Buffer {
  const copy = Buffer.from(bytes);
  copy[random.below(copy.length)] ^= 1 << random.below(8);
  return copy;
}

/** The database of another program; its journal is valid but belongs to another file. */
function foreignDatabase(): Buffer {
  const database = new Sqlite(':memory:');
  database.exec('CREATE TABLE theirs (a); INSERT INTO theirs VALUES (1)');
  const bytes = database.serialize();
  database.close();
  return bytes;
}

function withDatabase(file: string, change: (database: Sqlite.Database) => void): void {
  const database = new Sqlite(file);
  try {
    change(database);
  } finally {
    database.close();
  }
}

const version = (text: string) => (file: string) =>
  withDatabase(file, (database) => void database.pragma(`user_version = ${text}`));

interface PackRow {
  readonly id: number;
  readonly payload: Buffer;
}

function packsOf(database: Sqlite.Database): PackRow[] {
  return database.prepare<[], PackRow>('SELECT id, payload FROM pack').all();
}

export const HARMS = {
  'a bit flipped': {
    unclean: false,
    bytes: ({ database, journal }, random) => ({ database: flipped(database, random), journal }),
  },
  'a bit flipped under a journal': {
    unclean: true,
    bytes: ({ database, journal }, random) => ({ database: flipped(database, random), journal }),
  },
  'a bit of the journal flipped': {
    unclean: true,
    bytes: ({ database, journal }, random) => ({ database, journal: flipped(journal as Buffer, random) }),
  },
  'a bit of a pack flipped': {
    unclean: false,
    // In a row: the structure of the file stays intact.
    rows: (file, random) =>
      withDatabase(file, (database) => {
        const { id, payload } = random.pick(packsOf(database));
        database.prepare('UPDATE pack SET payload = ? WHERE id = ?').run(flipped(payload, random), id);
      }),
  },
  'two packs exchanged': {
    unclean: false,
    rows: (file, random) =>
      withDatabase(file, (database) => {
        const [a, b] = random.shuffle(packsOf(database));
        const update = database.prepare('UPDATE pack SET payload = ? WHERE id = ?');
        update.run(a.payload, b.id);
        update.run(b.payload, a.id);
      }),
  },
  truncated: {
    unclean: false,
    bytes: ({ database }, random) => ({
      database: database.subarray(0, random.below(database.length)),
      journal: null,
    }),
  },
  'its journal truncated': {
    unclean: true,
    bytes: ({ database, journal }, random) => ({
      database,
      journal: (journal as Buffer).subarray(0, random.below((journal as Buffer).length)),
    }),
  },
  'its journal gone': { unclean: true, bytes: ({ database }) => ({ database, journal: null }) },
  'its database gone': {
    unclean: true,
    bytes: ({ journal }) => ({ database: Buffer.alloc(0), journal }),
  },
  emptied: { unclean: false, bytes: () => ({ database: Buffer.alloc(0), journal: null }) },
  'a text': {
    unclean: false,
    bytes: () => ({ database: Buffer.from('no database\n'.repeat(1000)), journal: null }),
  },
  'a database of another program': {
    unclean: false,
    bytes: () => ({ database: foreignDatabase(), journal: null }),
  },
  'of an older schema': { unclean: false, rows: version('1') },
  'of a newer schema': { unclean: false, rows: version('9999') },
} satisfies Record<string, Harm>;

export type HarmName = keyof typeof HARMS;
