/**
 * What Python asks of JavaScript when it wants to know the time, chance or where it is: the same answer always. So its
 * memory after the start is the same on every machine and every Node.
 */
import { createRequire } from 'node:module';

/** Milliseconds since the epoch: that of 2026. */
const NOW = 1_767_225_600_000;

/** A clock that stands still. */
class FrozenDate extends Date {
  constructor(...given: readonly unknown[]) {
    super(...((given.length === 0 ? [NOW] : given) as [number]));
  }

  static override now(): number {
    return NOW;
  }
}

/** Makes this process one in which no time passes and nothing is random. To be called before Pyodide is loaded. */
export function freezeSurroundings(fileConstants: object): void {
  // Under the permission model there is no `process.binding`; Pyodide asks it for these numbers only.
  const binding = (name: string) => {
    if (name === 'constants') return { fs: fileConstants };
    throw new Error('there are no bindings');
  };
  Object.defineProperty(process, 'binding', { value: binding, configurable: false, writable: false });
  // Python is told what it runs on, and what it was called as: no path of this machine.
  Object.defineProperty(globalThis, 'navigator', { value: { userAgent: 'Node.js', platform: 'linux' } });
  process.argv.splice(0, process.argv.length, 'node', 'python');
  process.env['TZ'] = 'UTC';
  globalThis.Date = FrozenDate as DateConstructor;
  Object.defineProperty(performance, 'now', { value: () => 0 });
  Math.random = () => 0.5;
  const zeroes = <Bytes extends ArrayBufferView>(bytes: Bytes): Bytes => {
    new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength).fill(0);
    return bytes;
  };
  Object.defineProperty(globalThis.crypto, 'getRandomValues', { value: zeroes });
  const crypto = createRequire(import.meta.url)('node:crypto') as { randomFillSync: unknown };
  crypto.randomFillSync = zeroes;
  // Some Nodes can switch the stacks of WebAssembly, others cannot. Nothing here needs it.
  const assembly = (globalThis as unknown as { WebAssembly: Record<string, unknown> }).WebAssembly;
  for (const name of ['Suspending', 'Suspender', 'promising']) delete assembly[name];
}
