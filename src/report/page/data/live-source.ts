/** The data that a running battbuild serves, as of one build, and the event of a newer build. */
import type { Overview, TaskHead, TaskReport } from '../../data.js';
import type { LiveData } from '../../document/page-data.js';
import { indicesOf, type ReportedTask, type ReportSource } from './report-source.js';

export class LiveSource implements ReportSource {
  private readonly indices: ReadonlyMap<string, number>;
  private readonly asked = new Map<number, Promise<ReportedTask | null>>();

  constructor(
    readonly overview: Overview,
    readonly tasks: readonly TaskHead[],
  ) {
    this.indices = indicesOf(tasks);
  }

  indexOf(id: string): number | undefined {
    return this.indices.get(id);
  }

  task(index: number): Promise<ReportedTask | null> {
    let asked = this.asked.get(index);
    if (asked === undefined) {
      asked = ask<TaskReport>(`task/${this.tasks[index].id}`).then(
        (task) => task && { head: task, detail: task },
      );
      this.asked.set(index, asked);
    }
    return asked;
  }
}

export interface LiveListener {
  /** Null until something was built. */
  report(source: LiveSource | null): void;
  /** False if the server does not answer. */
  connected(is: boolean): void;
}

/**
 * Asks for the report, and again whenever there is a newer one. A hidden page is not connected: browsers allow only a
 * few connections to one server.
 */
export function followLive(listener: LiveListener): void {
  let events: EventSource | null = null;
  /** The version asked for last, and the version shown. */
  let wanted = '';
  let shown = '';
  const fetchReport = async (version: string) => {
    wanted = version;
    const data = await ask<LiveData>('data');
    // A build may have finished while this request was under way: then another request follows.
    if (data === null || wanted !== version || data.version === shown) return;
    shown = data.version;
    const { report } = data;
    listener.report(report === null ? null : new LiveSource(report.overview, report.tasks));
  };
  const follow = () => {
    if (document.hidden) {
      events?.close();
      events = null;
      return;
    }
    if (events !== null) return;
    events = new EventSource('events');
    events.addEventListener('message', ({ data }: MessageEvent<string>) => {
      listener.connected(true);
      if (data !== shown) void fetchReport(data);
    });
    // The browser reconnects by itself.
    events.addEventListener('error', () => listener.connected(false));
  };
  document.addEventListener('visibilitychange', follow);
  follow();
}

async function ask<Answer>(path: string): Promise<Answer | null> {
  try {
    const response = await fetch(path, { cache: 'no-store' });
    return response.ok ? ((await response.json()) as Answer) : null;
  } catch {
    // The server is gone: the event stream reports that.
    return null;
  }
}
