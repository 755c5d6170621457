/** The order in which phases are shown: the order in which they run. */
export const PHASE_ORDER: readonly string[] = [
  'load',
  'filter',
  'inline',
  'validate',
  'score',
  'differs',
  'publish',
];

/** The entries sorted in that order; phases that are not in the list come last. */
export function inPhaseOrder<Value>(phases: Readonly<Record<string, Value>>): [string, Value][] {
  const position = (phase: string) =>
    PHASE_ORDER.includes(phase) ? PHASE_ORDER.indexOf(phase) : PHASE_ORDER.length;
  return Object.entries(phases).sort(([a], [b]) => position(a) - position(b));
}
