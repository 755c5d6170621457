/** The one line that a long mode prints. */

/** `fields` in their order, then what is the same for all; `startedAt` is on the clock of `performance`. */
export function printLine(fields: Readonly<Record<string, unknown>>, startedAt: number): void {
  const seconds = Number(((performance.now() - startedAt) / 1000).toFixed(1));
  console.log(JSON.stringify({ ...fields, seconds, node: process.version, date: new Date().toISOString() }));
}
