/**
 * Replaces everything from which Python could learn the time, random numbers or its surroundings by constants. So its
 * memory after the start is the same on every machine and with every Node.
 */
import { createRequire } from 'node:module';

/** The time that Python sees, in milliseconds since the epoch: the beginning of 2026. */
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

/** From now on no time passes in this process, and nothing is random. Call it before Pyodide is loaded. */
export function freezeSurroundings(fileConstants: object): void {
  // The permission model forbids `process.binding`, which Pyodide only asks for these numbers.
  const binding = (name: string) => {
    if (name === 'constants') return { fs: fileConstants };
    throw new Error('there are no bindings');
  };
  Object.defineProperty(process, 'binding', { value: binding, configurable: false, writable: false });
  // Python would learn the system and the program's path, which differ between machines.
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
  // Only some versions of Node can switch stacks in WebAssembly. Nothing here needs it.
  const assembly = (globalThis as unknown as { WebAssembly: Record<string, unknown> }).WebAssembly;
  for (const name of ['Suspending', 'Suspender', 'promising']) delete assembly[name];
}
