/** Prints the one line of a long-running check. */

/** `fields` in their order, then the fields that all checks have. `startedAt` is on the clock of `performance`. */
export function printLine(fields: Readonly<Record<string, unknown>>, startedAt: number): void {
  const seconds = Number(((performance.now() - startedAt) / 1000).toFixed(1));
  console.log(JSON.stringify({ ...fields, seconds, node: process.version, date: new Date().toISOString() }));
}
