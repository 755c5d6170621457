/** What is embedded in the page, or given to it. */
import type { Overview, TaskHead } from '../data.js';

export interface PageData {
  readonly overview: Overview;
  readonly tasks: readonly TaskHead[];
  /** By task: its TaskDetail as JSON, deflated without a header, in Base64. */
  readonly details: readonly string[];
}

/** Stands in the place of the data of a page that asks a running battbuild for it. */
export const LIVE = 'live';

/** What such a page is given. Tasks are asked for one by one: each is a TaskReport. */
export interface LiveData {
  /** Another one after every build. */
  readonly version: string;
  /** Null as long as nothing was built. */
  readonly report: { readonly overview: Overview; readonly tasks: readonly TaskHead[] } | null;
}
