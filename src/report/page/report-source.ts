/** The data in the page: read once, the details of a task when it is looked at. */
import type { Overview, TaskDetail, TaskHead } from '../data.js';
import type { PageData } from '../page-data.js';

export class ReportSource {
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
    this.indices = new Map(tasks.map(({ id }, index) => [id, index]));
  }

  /** Undefined where there is no such task. */
  indexOf(id: string): number | undefined {
    return this.indices.get(id);
  }

  detail(index: number): Promise<TaskDetail> {
    let detail = this.unpacked.get(index);
    if (detail === undefined) {
      detail = unpack(this.packed[index]);
      this.unpacked.set(index, detail);
    }
    return detail;
  }
}

async function unpack(packed: string): Promise<TaskDetail> {
  const bytes = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return (await new Response(stream).json()) as TaskDetail;
}
