/** `battbuild watch` as a separate process. It waits for output, never for time. */
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { onTestFinished } from 'vitest';
import { mirrorWorkspace, type TestWorkspace } from './rig.js';

export type WatchLine = { readonly type: string } & Readonly<Record<string, unknown>>;

export class WatchProcess {
  stderr = '';
  private text = '';
  private readonly lines: WatchLine[] = [];
  private arrived: () => void = () => {};
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly closed: Promise<number | null>;

  constructor(
    readonly workspace: TestWorkspace,
    ...options: readonly string[]
  ) {
    this.child = workspace.start(['watch', '--json', ...options]);
    this.child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.stderr += text;
    });
    this.child.stdout.setEncoding('utf8').on('data', (text: string) => {
      const lines = (this.text + text).split('\n');
      this.text = lines.pop() ?? '';
      this.lines.push(...lines.map((line) => JSON.parse(line) as WatchLine));
      this.arrived();
    });
    this.closed = new Promise((resolve, reject) => {
      this.child.on('error', reject).on('close', (code) => {
        resolve(code);
        this.arrived();
      });
    });
    onTestFinished(() => {
      this.child.kill('SIGKILL');
    });
  }

  /** The lines up to the next one for which `isLast` is true; they are not returned again. */
  async until(isLast: (line: WatchLine) => boolean): Promise<WatchLine[]> {
    for (;;) {
      const at = this.lines.findIndex(isLast);
      if (at >= 0) return this.lines.splice(0, at + 1);
      if (this.child.exitCode !== null) throw new Error(`it ended: ${this.stderr}`);
      await new Promise<void>((resolve) => {
        this.arrived = resolve;
      });
    }
  }

  /** The next results, and all events with them until it is idle. */
  async allResults(): Promise<WatchLine[]> {
    const lines = await this.until(({ type }) => type === 'results');
    lines.push(...(await this.until(({ type }) => type === 'waiting')));
    return lines.filter(({ type }) => type === 'results');
  }

  async results(): Promise<WatchLine> {
    return (await this.allResults()).at(-1) as WatchLine;
  }

  /** Resolves when it is idle after this many solvers were reported as changed, by one build or several. */
  async solversChanged(count: number): Promise<void> {
    const names = new Set<string>();
    while (names.size < count) {
      for (const results of await this.allResults()) {
        const tasks = results['tasks'] as readonly {
          readonly solvers: readonly { readonly name: string }[];
        }[];
        for (const { solvers } of tasks) for (const { name } of solvers) names.add(name);
      }
    }
  }

  interrupt(): Promise<number | null> {
    this.child.kill('SIGINT');
    return this.closed;
  }

  stopReading(): Promise<number | null> {
    this.child.stdout.destroy();
    return this.closed;
  }
}

export async function watched(workspace = mirrorWorkspace(), ...options: string[]): Promise<WatchProcess> {
  const watch = new WatchProcess(workspace, ...options);
  await watch.until(({ type }) => type === 'waiting');
  return watch;
}
