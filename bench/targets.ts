/** The targets of all figures, for Node 24 on two cores. docs/performance.md says how they are measured. */

/** All are for the standard workspace, unless noted. */
export const TARGETS = {
  /** Wall time of a build in which nothing changed. */
  nullBuild: { nodes: 3.5, ninjas: 0.5 },
  /** Wall time after one solver was edited; after one expected output was. */
  solverEdit: { ninjas: 0.8 },
  outputEdit: { ninjas: 0.8 },
  /** From the save to the result, without the wait for further events. */
  watchEdit: { ms: 20 },
  coldBuild: { seconds: 5, cpuSeconds: 9, megabytes: 500 },
  /** The rough workspace; `references` is CPython's time for all of its cells, divided by that of the command. */
  roughBuild: { cpuSeconds: 3.5, references: 12 },
  /** Two workers against one: cells or candidates a second. */
  twoWorkers: 1.5,
  /** Wall time of evaluation by two workers, as a share of the plain evaluator's. */
  evaluation: { independent: 0.5, mutants: 0.35 },
  /** Eight processes on one store against one process. */
  processes: 0.9,
  /** A cold build of 1,000 tasks x 300. */
  scale: { seconds: 22 },
  /** One round of the search, for each of its tasks. */
  searchRound: { seconds: 0.05 },
  /** Peak memory of commands for 16 times as many samples. */
  manySamples: 2,
  /** A cell, as a share of CPython's time. */
  cell: 0.1,
  /** CPU time of a program in tokpidjin against its equivalent in the base. */
  dialect: 1.3,
} as const;
