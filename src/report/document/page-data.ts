/** The data that is embedded in a page or served to it. */
import type { Overview, TaskHead } from '../data.js';

export interface PageData {
  readonly overview: Overview;
  readonly tasks: readonly TaskHead[];
  /** By task: its TaskDetail as JSON, deflated without a header, in Base64. */
  readonly details: readonly string[];
}

/** Replaces the data in a page that asks a running battbuild for it. */
export const LIVE = 'live';

/** The data that such a page gets. It asks for tasks one by one: each is a TaskReport. */
export interface LiveData {
  /** Changes with every build. */
  readonly version: string;
  /** Null until something was built. */
  readonly report: { readonly overview: Overview; readonly tasks: readonly TaskHead[] } | null;
}
