/** Plays tricks on running watches, and measures how long it takes until the following edit is seen. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { WatchEvent } from '../../../src/watch/watch-event.js';
import { PROJECT } from '../../paths.js';
import { MIRROR_TASK } from '../mirror-task.js';
import { Place, type Trick } from './tricks.js';

const solver = (expression: string): string => `def solve_mirror(I):\n    return ${expression}\n`;
const WRONG = solver('rot90(I)');
const RIGHT = solver('vmirror(I)');

export interface Played {
  readonly trick: string;
  readonly repetitions: number;
  /** Milliseconds from the edits to their results, ascending. */
  readonly times: readonly number[];
}

/** Plays a trick repeatedly in its own folder below `folder`. `lose` N: every N-th hint is lost; 0 for none. */
export async function playTrick(
  folder: string,
  trick: Trick,
  repetitions: number,
  lose: number,
  random: () => number,
): Promise<Played> {
  const root = mkdtempSync(join(folder, 'place-'));
  mkdirSync(join(root, 'config'));
  mkdirSync(join(root, 'tasks'));
  writeFileSync(join(root, 'config/battbuild.json'), '{"publish": {"enabled": false}}');
  writeFileSync(join(root, 'tasks/mirror.json'), JSON.stringify(MIRROR_TASK));
  const place = new Place(root, WRONG);
  place.reset(trick);
  const watched = new Watched(root, lose);
  const times: number[] = [];
  try {
    await watched.until('lost');
    for (let k = 0; k < repetitions; k++) {
      trick.play(place);
      await pause(200 + random() * 1200);
      const editedAt = performance.now();
      place.write(trick.edited, RIGHT);
      await watched.until('solved');
      times.push(performance.now() - editedAt);
      place.reset(trick);
      await watched.until('lost');
      await pause(random() * 1500);
    }
  } finally {
    await watched.end();
    trick.end?.(place);
  }
  return { trick: trick.name, repetitions, times: times.sort((a, b) => a - b) };
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}

const MAIN = join(PROJECT, 'dist/bundle/main.js');
const LOSSY = join(PROJECT, 'bench/reliability/watching/lossy.cjs');

/** A running watch, and whether the last build that it reported solved the task. */
class Watched {
  private state: 'solved' | 'lost' | 'over' | null = null;
  private arrived: (() => void)[] = [];
  private readonly child: ChildProcess;
  private readonly ended: Promise<void>;

  constructor(root: string, lose: number) {
    const args = [...(lose > 0 ? ['--require', LOSSY] : []), MAIN, 'watch', '--json', '-j', '1'];
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: { ...process.env, LOSE: String(lose) },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    createInterface({ input: child.stdout }).on('line', (line) => this.read(JSON.parse(line) as WatchEvent));
    this.child = child;
    this.ended = new Promise((resolve) => {
      child.on('close', () => {
        this.become('over');
        resolve();
      });
    });
  }

  async until(state: 'solved' | 'lost'): Promise<void> {
    while (this.state !== state) {
      if (this.state === 'over') throw new Error('the watch has ended');
      await new Promise<void>((resolve) => {
        this.arrived.push(resolve);
      });
    }
  }

  async end(): Promise<void> {
    this.child.kill('SIGINT');
    await this.ended;
  }

  private read(event: WatchEvent): void {
    if (event.type === 'summary' && !event.interrupted) this.become(event.solved > 0 ? 'solved' : 'lost');
  }

  private become(state: 'solved' | 'lost' | 'over'): void {
    this.state = state;
    for (const arrived of this.arrived.splice(0)) arrived();
  }
}
