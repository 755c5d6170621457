/** The order in which phases are shown: the order in which they run. */
const ORDER = ['load', 'filter', 'inline', 'validate', 'score', 'differs', 'publish'];

/** The entries sorted in that order; phases that are not in the list come last. */
export function inPhaseOrder<Value>(phases: Readonly<Record<string, Value>>): [string, Value][] {
  const position = (phase: string) => (ORDER.includes(phase) ? ORDER.indexOf(phase) : ORDER.length);
  return Object.entries(phases).sort(([a], [b]) => position(a) - position(b));
}
