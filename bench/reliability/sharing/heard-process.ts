/** A command with `--json` as a separate process, with its events and its end. */
import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { BuildEvent } from '../../../src/observe/event.js';
import type { WatchEvent } from '../../../src/watch/watch-event.js';
import type { ChosenEnd, Trial } from '../trial.js';

type Told = BuildEvent | WatchEvent;

export class HeardProcess {
  /** Resolves with the exit code or the signal, when it has ended and all output has been read. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
  /** Number of cells that it ran and committed. */
  cellsRun = 0;
  /** Number of events by type. */
  readonly heard = new Map<Told['type'], number>();
  /** Its other output. */
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

  /** Interrupts it like Ctrl-C. */
  interrupt(): void {
    this.child.kill('SIGINT');
  }

  /** Number of its events of a type. */
  count(type: Told['type']): number {
    return this.heard.get(type) ?? 0;
  }

  /** Resolves when it has emitted this many events of a type, or has ended. */
  async until(type: Told['type'], count: number): Promise<void> {
    await this.when(() => this.count(type) >= count);
  }

  /** Resolves when it has become idle after this many rounds of changes. */
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
    // A killed process may leave an incomplete line.
    if (!complete) return;
    const event = JSON.parse(line) as Told;
    this.heard.set(event.type, this.count(event.type) + 1);
    this.last = event.type;
    if (event.type === 'ran' && event.phase === 'validate') this.cellsRun += event.steps;
    this.arrived();
  }
}
