/** The report of the last finished build of a watched workspace. It is made when it is asked for. */

import { LastBuild } from '../../build/last-build.js';
import type { Selection } from '../../build/options.js';
import type { Clock, FileSystem } from '../../workspace/file-system.js';
import type { Workspace } from '../../workspace/workspace.js';
import type { TaskReport } from '../data.js';
import type { LiveData } from '../document/page-data.js';
import { type BriefReport, briefReport } from '../report.js';

export interface LiveReportOptions {
  readonly selection: Selection;
  readonly files: FileSystem;
  readonly now: Clock;
  /** Version of battbuild. */
  readonly version: string;
}

export class LiveReport {
  private builds = 0;
  private made: { readonly data: LiveData; readonly report: BriefReport | null } | null = null;
  /** Part of the version, different in each process. */
  private readonly name: string;

  constructor(
    private workspace: Workspace,
    private readonly options: LiveReportOptions,
  ) {
    this.name = options.now().toString(36);
  }

  /** Call it when a build of the workspace has finished. The workspace may be different from the previous one. */
  built(workspace: Workspace): void {
    this.workspace = workspace;
    this.builds++;
    this.made = null;
  }

  get version(): string {
    return `${this.name}-${this.builds}`;
  }

  get data(): LiveData {
    return this.make().data;
  }

  /** Null if there is no such task. */
  task(id: string): TaskReport | null {
    const { report } = this.make();
    return this.withRecorded((recorded) => report?.task(id, recorded) ?? null);
  }

  private make() {
    this.made ??= this.read();
    return this.made;
  }

  private read() {
    const { workspace, version } = this;
    const report = this.withRecorded((recorded) => briefReport({ ...this.options, workspace, recorded }));
    const data = {
      version,
      report: report === null ? null : { overview: report.overview, tasks: report.heads },
    };
    return { data, report };
  }

  /** Null if nothing was built. */
  private withRecorded<Value>(read: (recorded: LastBuild) => Value): Value | null {
    const recorded = LastBuild.open(this.workspace, this.options.selection);
    if (recorded === null) return null;
    try {
      return read(recorded);
    } finally {
      recorded.close();
    }
  }
}
