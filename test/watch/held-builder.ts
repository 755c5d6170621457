/** A builder whose input is a number, and whose builds end when the test says so. */
import type { Builder, InputState } from '../../src/watch/watch.js';

export interface NumberSeen extends InputState {
  readonly inputs: number;
}

export class HeldBuilder implements Builder<NumberSeen> {
  /** The value that an edit changes. */
  inputs = 0;
  settled = true;
  /** The input of each build, and how the build ended. */
  readonly builds: { readonly inputs: number; outcome: 'running' | 'built' | 'stopped' }[] = [];
  looks = 0;
  /** Called by each scan. */
  scanning: () => void = () => {};
  private release: (() => void) | null = null;
  private signal: AbortSignal | null = null;

  scan(): NumberSeen {
    this.looks++;
    this.scanning();
    const { inputs, settled } = this;
    const last = this.builds.at(-1)?.inputs;
    const changes = inputs === last ? [] : [{ what: 'input', file: `${inputs}`, change: 'edited' } as const];
    return { changes, settled, inputs };
  }

  peek(): boolean {
    return this.scan().changes.length > 0;
  }

  build({ inputs }: NumberSeen, signal: AbortSignal): Promise<void> {
    if (this.isRunning) throw new Error('two builds at once');
    const build: (typeof this.builds)[number] = { inputs, outcome: 'running' };
    this.builds.push(build);
    this.signal = signal;
    return new Promise((resolve) => {
      this.release = () => {
        build.outcome = signal.aborted ? 'stopped' : 'built';
        this.release = null;
        resolve();
      };
    });
  }

  get isRunning(): boolean {
    return this.release !== null;
  }

  get isToldToStop(): boolean {
    return this.isRunning && this.signal?.aborted === true;
  }

  /** Ends the running build. */
  finish(): void {
    if (this.release === null) throw new Error('no build is running');
    this.release();
  }
}
