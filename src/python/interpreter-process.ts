/** The process of one interpreter, seen from the build: starts it in isolation, and sends it one request at a time. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The compiled module, whether this module is compiled or run from its source. */
const HARNESS = fileURLToPath(new URL('../../dist/bundle/python', import.meta.url));

/** Pages of 64 kB: half a gigabyte. */
const MEMORY_PAGES = 8192;

/** Maximum length of a message; a longer one is invalid. */
const LONGEST_ANSWER = 64_000_000;

/** Maximum length of the error output that is kept. */
const LONGEST_COMPLAINT = 400;

export interface InterpreterEvents {
  /** A message arrived. */
  message(bytes: Uint8Array): void;
  /** The process has ended, for this reason. */
  ended(detail: string): void;
}

export class InterpreterProcess {
  private readonly child: ChildProcess;
  private pending: Buffer[] = [];
  private pendingBytes = 0;
  private complaint = '';
  private isGone = false;
  readonly gone: Promise<void>;

  constructor(private readonly events: InterpreterEvents) {
    const { command, args } = isolated([process.execPath, ...nodeArguments()]);
    // Detached from the terminal: Ctrl-C is for the build, which ends its interpreters itself.
    this.child = spawn(command, args, { env: {}, stdio: ['pipe', 'pipe', 'pipe'], detached: true });
    this.gone = new Promise((resolve) => {
      this.child.once('close', (code, signal) => {
        resolve();
        this.end(
          this.complaint || (signal === null ? `it ended with code ${code}` : `it was ended by ${signal}`),
        );
      });
    });
    this.child.on('error', (error) => this.end(error.message));
    // A broken pipe is reported by the end of the process.
    this.child.stdin?.on('error', () => {});
    this.child.stdout?.on('data', (bytes: Buffer) => this.receive(bytes));
    this.child.stderr?.setEncoding('latin1').on('data', (text: string) => {
      this.complaint = (this.complaint + text).slice(-LONGEST_COMPLAINT);
    });
  }

  ask(kind: number, body: Uint8Array): void {
    const head = Buffer.alloc(5);
    head.writeUInt32LE(body.length, 0);
    head[4] = kind;
    this.child.stdin?.write(head);
    this.child.stdin?.write(body);
  }

  kill(): void {
    // The build's process must not end before this one.
    this.needed = true;
    this.child.kill('SIGKILL');
  }

  /** Whether the interpreter keeps the build's process alive. */
  set needed(isNeeded: boolean) {
    const streams = [this.child, this.child.stdin, this.child.stdout, this.child.stderr] as unknown as {
      ref?(): void;
      unref?(): void;
    }[];
    for (const stream of streams) isNeeded ? stream.ref?.() : stream.unref?.();
  }

  private end(detail: string): void {
    if (this.isGone) return;
    this.isGone = true;
    this.events.ended(detail.trim());
  }

  private receive(bytes: Buffer): void {
    this.pending.push(bytes);
    this.pendingBytes += bytes.length;
    while (this.pendingBytes >= 4 && !this.isGone) {
      const all = this.pending.length === 1 ? this.pending[0] : Buffer.concat(this.pending);
      const length = all.readUInt32LE(0);
      if (length > LONGEST_ANSWER) {
        this.kill();
        this.end('it sent what is no answer');
        return;
      }
      this.pending = [all];
      if (all.length < 4 + length) return;
      const rest = all.subarray(4 + length);
      this.pending = rest.length === 0 ? [] : [rest];
      this.pendingBytes = rest.length;
      this.events.message(all.subarray(4, 4 + length));
    }
  }
}

/** Flags that deny the process what it does not need. */
function nodeArguments(): string[] {
  const manifest = createRequire(import.meta.url).resolve('pyodide/package.json');
  const pyodide = dirname(manifest);
  const isStable = process.allowedNodeEnvironmentFlags.has('--permission');
  return [
    isStable ? '--permission' : '--experimental-permission',
    `--allow-fs-read=${join(pyodide, '/')}`,
    `--allow-fs-read=${join(HARNESS, '/')}`,
    '--disallow-code-generation-from-strings',
    `--wasm-max-mem-pages=${MEMORY_PAGES}`,
    '--max-old-space-size=256',
    '--no-warnings',
    join(HARNESS, 'interpreter.mjs'),
    pyodide,
    HARNESS,
  ];
}

let wrapper: readonly string[] | null = null;

/** The command in a network of its own, which ends with its parent, if the system allows this to an ordinary user. */
function isolated(command: readonly string[]): { command: string; args: readonly string[] } {
  wrapper ??= isolation();
  const [first, ...args] = [...wrapper, ...command];
  return { command: first, args };
}

/** As much of the isolation as this system allows. If all of it is possible, one attempt is enough. */
function isolation(): readonly string[] {
  const [unshare, setpriv] = [toolAt('unshare'), toolAt('setpriv')];
  const ended = setpriv === null ? [] : [setpriv, '--pdeathsig', 'KILL', '--'];
  const networks =
    unshare === null
      ? []
      : [
          [unshare, '--map-root-user', '--net', '--'],
          [unshare, '--net', '--'],
        ];
  const ways = [...networks.map((network) => [...network, ...ended]), ...networks, ended];
  return ways.find((way) => way.length > 0 && works(way)) ?? [];
}

function toolAt(name: string): string | null {
  if (process.platform !== 'linux') return null;
  return ['/usr/bin', '/bin'].map((folder) => `${folder}/${name}`).find((path) => existsSync(path)) ?? null;
}

function works([tool, ...options]: readonly string[]): boolean {
  const env = { PATH: '/usr/bin:/bin' };
  return spawnSync(tool, [...options, 'true'], { stdio: 'ignore', env }).status === 0;
}
