/**
 * The store's tables, and the reasons for their layout.
 *
 * One SQLite file, `battbuild.db`, in WAL mode, shared by any number of processes. It holds two kinds of data:
 *
 * 1. **The action cache** (`pack`): the outputs of steps, under keys that digest every input of the step. Rows are
 *    immutable packs of many steps: a cold build has hundreds of thousands of cells, and a row for each would cost more
 *    than evaluating it. A pack holds steps of one phase and one *shard* (chosen by the phase: the task for cells, the
 *    file for loads), so that a look-up for one task reads few rows. A write only appends a pack; when a shard has many
 *    packs, one transaction replaces them by their union. Refused: one row a step (0.7 s for 250,000), one file a step
 *    (directory walks), one packed file for everything (every writer rewrites it).
 * 2. **Records of the last build** (`selection`, `task_state`, `task_result`, `published`): for each selection, the stat
 *    of every input and output and the digests of each level, so that a null build reads one row for each task and
 *    compares. A record is never a source of results: losing it costs a check.
 *
 * `standing` has the standings of tasks after the runs that changed them (standing-store.ts), for `compare` and reports.
 * `run` and `run_phase` are the history that `stats` and `explain --last` read; the summary of a run has the causes of
 * its steps. `lease` says which process works on what: see build/run/leases.ts.
 *
 * Every payload has a checksum (payload-checksum.ts): a flipped bit or a torn page gives a miss, never a wrong hit.
 * Writers take `BEGIN IMMEDIATE`; a reader sees a whole pack or none of it. The schema version is in `user_version`. A
 * file with an older or newer version, or a damaged one, is set aside under a dated name, and a new one is created
 * (database.ts).
 */

/** `application_id` of stores: "BATT". */
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
