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
  /** List what went wrong, all of it, instead of summing up. */
  readonly problems: boolean;
  /** Name of a file for a trace. */
  readonly trace?: string | undefined;
}
