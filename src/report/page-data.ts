/** What is embedded in the page. */
import type { Overview, TaskHead } from './data.js';

export interface PageData {
  readonly overview: Overview;
  readonly tasks: readonly TaskHead[];
  /** By task: its TaskDetail as JSON, deflated without a header, in Base64. */
  readonly details: readonly string[];
}
