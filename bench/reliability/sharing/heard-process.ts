/** A command with `--json` as a process of its own: what it told, and how it ended. */
import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { BuildEvent } from '../../../src/observe/event.js';
import type { WatchEvent } from '../../../src/watch/watch-event.js';
import type { ChosenEnd, Trial } from '../trial.js';

type Told = BuildEvent | WatchEvent;

export class HeardProcess {
  /** Resolves with the exit code or the signal when it is over and all is heard. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
  /** Cells that it ran and committed. */
  cellsRun = 0;
  /** Number of events by type. */
  readonly heard = new Map<Told['type'], number>();
  /** What it said besides. */
  said = '';
  private last: Told['type'] | null = null;
  private arrived: () => void = () => {};
  private readonly child: ChildProcess;

  constructor(
    readonly args: readonly string[],
    trial: Trial,
    end: ChosenEnd | null = null,
  ) {
    const child = end === null ? trial.start(args) : trial.startToEndAt(end, args);
    this.child = child;
    child.stderr.on('data', (text: Buffer) => {
      this.said += text;
    });
    const lines = createInterface({ input: child.stdout });
    lines.on('line', (line) => this.hear(line));
    const over = new Promise<number | NodeJS.Signals | null>((resolve, reject) => {
      child.on('error', reject).on('close', (code, signal) => resolve(signal ?? code));
    });
    this.ended = Promise.all([over, new Promise((resolve) => lines.on('close', resolve))]).then(
      ([end]) => end,
    );
    void this.ended.then(() => this.arrived());
  }

  /** Ends it as Ctrl-C does. */
  interrupt(): void {
    this.child.kill('SIGINT');
  }

  /** How often it told an event of a type. */
  count(type: Told['type']): number {
    return this.heard.get(type) ?? 0;
  }

  /** Resolves when it has told so many events of a type, or is over. */
  async until(type: Told['type'], count: number): Promise<void> {
    await this.when(() => this.count(type) >= count);
  }

  /** Resolves when it has nothing to do after so many rounds of changes. */
  async untilIdleAfter(changes: number): Promise<void> {
    await this.when(() => this.count('changed') >= changes && this.last === 'waiting');
  }

  private async when(condition: () => boolean): Promise<void> {
    while (!condition() && this.child.exitCode === null && this.child.signalCode === null)
      await new Promise<void>((resolve) => {
        this.arrived = resolve;
      });
  }

  private hear(line: string): void {
    const complete = line.endsWith('}');
    // A process that is killed may leave half a line.
    if (!complete) return;
    const event = JSON.parse(line) as Told;
    this.heard.set(event.type, this.count(event.type) + 1);
    this.last = event.type;
    if (event.type === 'ran' && event.phase === 'validate') this.cellsRun += event.steps;
    this.arrived();
  }
}
