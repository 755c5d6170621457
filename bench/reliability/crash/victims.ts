/** The victims: for each kind of command, the workspace before it, and the process to kill. */
import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { same } from '../same.js';
import type { Trial } from '../trial.js';

export interface Victim {
  readonly name: string;
  /** Prepares the workspace for the command; `version` is a version that it has not had before. */
  prepare(trial: Trial, version: number): Promise<void>;
  readonly args: readonly string[];
  /** Resolves when the command has reached the part to be killed. */
  begun?(trial: Trial, child: ChildProcess, version: number): Promise<void>;
  /** Throws if the output of this command differs from that of an uninterrupted one. */
  lookAfter?(trial: Trial): void;
}

const BUILD = ['build', '--quiet', '-j', '2'];
const DAY = 86_400_000;

/** Resolves when a command with `--json` emits an event of a type; also when it ends, so that the wait is finite. */
export function untilEvent(child: ChildProcess, type: string): Promise<void> {
  return new Promise((resolve) => {
    const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
    lines.on('line', (line) => {
      if ((JSON.parse(line) as { type: string }).type === type) resolve();
    });
    lines.on('close', resolve);
  });
}

const cold: Victim = {
  name: 'cold build',
  async prepare(trial, version) {
    trial.remove('cache', 'out');
    trial.writeVersion(version);
  },
  args: BUILD,
};

export const incremental: Victim = {
  name: 'incremental build',
  async prepare(trial, version) {
    await trial.build();
    trial.writeVersion(version);
  },
  args: BUILD,
};

const publishing: Victim = {
  name: 'publishing',
  async prepare(trial, version) {
    trial.writeVersion(version);
    await trial.build();
    trial.unpublish();
  },
  args: BUILD,
};

const watch: Victim = {
  name: 'watch',
  async prepare(trial, version) {
    trial.writeVersion(version);
    await trial.build();
  },
  args: ['watch', '--json', '-j', '2'],
  async begun(trial, child, version) {
    await untilEvent(child, 'waiting');
    trial.writeVersion(version + 500_000);
  },
};

/** The store refers to removed files, and all of its entries are two days old. */
export const gc: Victim = {
  name: 'gc',
  async prepare(trial, version) {
    trial.writeVersion(version);
    await trial.build();
    trial.writeVersion(version + 500_000);
    await trial.build();
    trial.age(2 * DAY);
  },
  args: ['gc'],
};

const EVOLVE = ['evolve', '--rounds', '2', '--per-task', '6', '-c', '2', '-j', '2'];

/** Continues after the last complete round, and must reach the same population. */
const evolve: Victim = {
  name: 'evolve',
  async prepare(trial, version) {
    trial.remove('bred');
    trial.writeVersion(version);
    await trial.build();
  },
  args: [...EVOLVE, '--into', 'bred'],
  lookAfter(trial) {
    trial.remove('clean-bred', 'clean-cache', 'clean-out');
    trial.runToEnd([...EVOLVE, '--into', 'bred']);
    trial.runToEnd([...EVOLVE, '--into', 'clean-bred', '--cache', 'clean-cache', '--out', 'clean-out']);
    same('population', trial.filesIn('bred'), trial.filesIn('clean-bred'));
  },
};

export const VICTIMS: readonly Victim[] = [cold, incremental, publishing, watch, gc, evolve];
