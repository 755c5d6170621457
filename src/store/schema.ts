/**
 * The store's tables, and why they are laid out like this.
 *
 * One SQLite file, `battbuild.db`, in WAL mode, shared by any number of processes. It holds two kinds of things:
 *
 * 1. **The action cache** (`pack`): what steps made, under keys that digest everything which can change it. Rows are
 *    immutable packs of many steps: a cold build has hundreds of thousands of cells, and one row each would cost more
 *    than evaluating them. A pack holds steps of one phase and one *shard* (a phase chooses it: the task for cells, the
 *    file for loads), so that looking up what one task needs reads a few rows, not many. A write only ever appends a
 *    pack; when a shard has gathered many, one transaction replaces them by their union. Refused: one row a step (0.7 s
 *    for 250,000), one file a step (directory walks), one packed file for all (every writer rewrites it).
 * 2. **What a workspace looked like** (`selection`, `task_state`, `task_result`, `published`): per selection of inputs,
 *    the stat of every input and output and the digests per level, so that a build in which nothing changed reads one
 *    row per task and compares. It is a memory of the last look, never a source of results: losing it costs a re-check.
 *
 * `standing` has how tasks stood after the runs that changed it (standing-store.ts): `compare` and reports ask for it.
 * `run` and `run_phase` are the history that `stats` and `explain --last` read; the summary of a run says why its steps ran. `lease` says which process is at what: see build/run/leases.ts.
 *
 * Every payload is sealed (payload-checksum.ts): a flipped bit or a torn page makes a miss, never a wrong hit. Writers take
 * `BEGIN IMMEDIATE`; a reader sees a pack whole or not at all. The file says its schema in `user_version`; an older, a
 * newer or a damaged file is set aside under a dated name and begun anew (database.ts).
 */

/** `application_id` of our files: "BATT". */
export const APPLICATION_ID = 0x42415454;

export const SCHEMA_VERSION = 5;

export const SCHEMA = `
CREATE TABLE pack (
  id INTEGER PRIMARY KEY,
  phase TEXT NOT NULL,
  shard TEXT NOT NULL,
  entries INTEGER NOT NULL,
  run INTEGER NOT NULL,
  payload BLOB NOT NULL
);
CREATE INDEX pack_by_shard ON pack (phase, shard);

CREATE TABLE selection (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  run INTEGER NOT NULL,
  state BLOB NOT NULL
);
CREATE TABLE task_state (
  selection INTEGER NOT NULL,
  task TEXT NOT NULL,
  state BLOB NOT NULL,
  PRIMARY KEY (selection, task)
) WITHOUT ROWID;
CREATE TABLE task_result (
  id INTEGER PRIMARY KEY,
  selection INTEGER NOT NULL,
  task TEXT NOT NULL,
  result BLOB NOT NULL,
  UNIQUE (selection, task)
);
CREATE TABLE standing (
  selection INTEGER NOT NULL,
  task TEXT NOT NULL,
  run INTEGER NOT NULL,
  standing BLOB,
  PRIMARY KEY (selection, task, run)
) WITHOUT ROWID;
CREATE TABLE published (
  out TEXT NOT NULL,
  owner TEXT NOT NULL,
  file TEXT NOT NULL,
  PRIMARY KEY (out, owner, file)
) WITHOUT ROWID;
CREATE INDEX published_by_file ON published (out, file);

CREATE TABLE run (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  started INTEGER NOT NULL,
  selection TEXT NOT NULL,
  wall_ms REAL,
  summary TEXT
);
CREATE TABLE run_phase (
  run INTEGER NOT NULL,
  phase TEXT NOT NULL,
  hits INTEGER NOT NULL,
  misses INTEGER NOT NULL,
  wall_ms REAL NOT NULL,
  cpu_ms REAL NOT NULL,
  saved_ms REAL NOT NULL,
  PRIMARY KEY (run, phase)
) WITHOUT ROWID;

CREATE TABLE lease (
  subject TEXT PRIMARY KEY,
  holder TEXT NOT NULL,
  beat INTEGER NOT NULL
) WITHOUT ROWID;
`;
