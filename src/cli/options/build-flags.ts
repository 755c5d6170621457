/** The values of the options of `build`. */
import type { CommonFlags } from './workspace-options.js';

export interface BuildFlags extends CommonFlags {
  readonly timing: boolean;
  readonly json: boolean;
  readonly dryRun: boolean;
  readonly force: boolean;
  readonly quiet: boolean;
  readonly earlyStop: boolean;
  readonly untilSolved: boolean;
  readonly explain: boolean;
  /** List all problems instead of the summary. */
  readonly problems: boolean;
  /** File name of a trace. */
  readonly trace?: string | undefined;
}
