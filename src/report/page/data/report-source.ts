/** The data of the page: read once; the details of a task are read when it is shown. */
import type { Overview, TaskDetail, TaskHead } from '../../data.js';
import type { PageData } from '../../document/page-data.js';

export interface ReportedTask {
  readonly head: TaskHead;
  readonly detail: TaskDetail;
}

export interface ReportSource {
  readonly overview: Overview;
  readonly tasks: readonly TaskHead[];
  /** Undefined if there is no such task. */
  indexOf(id: string): number | undefined;
  /** Null if the task no longer exists, or if the server does not answer. */
  task(index: number): Promise<ReportedTask | null>;
}

/** The data that is embedded in the page. */
export class EmbeddedSource implements ReportSource {
  readonly overview: Overview;
  readonly tasks: readonly TaskHead[];
  private readonly packed: readonly string[];
  private readonly indices: ReadonlyMap<string, number>;
  private readonly unpacked = new Map<number, Promise<TaskDetail>>();

  constructor(json: string) {
    const { overview, tasks, details } = JSON.parse(json) as PageData;
    this.overview = overview;
    this.tasks = tasks;
    this.packed = details;
    this.indices = indicesOf(tasks);
  }

  indexOf(id: string): number | undefined {
    return this.indices.get(id);
  }

  async task(index: number): Promise<ReportedTask> {
    let detail = this.unpacked.get(index);
    if (detail === undefined) {
      detail = unpack(this.packed[index]);
      this.unpacked.set(index, detail);
    }
    return { head: this.tasks[index], detail: await detail };
  }
}

export function indicesOf(tasks: readonly TaskHead[]): ReadonlyMap<string, number> {
  return new Map(tasks.map(({ id }, index) => [id, index]));
}

async function unpack(packed: string): Promise<TaskDetail> {
  const bytes = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return (await new Response(stream).json()) as TaskDetail;
}
