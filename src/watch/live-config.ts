/** The current workspace, while its config is edited, broken and repaired. */
import { join } from 'node:path';
import type { Diagnostic } from '../diagnostic.js';
import { notSearchedIn } from '../workspace/discovery/discover.js';
import { wheelsIn } from '../workspace/discovery/wheels.js';
import { FileProblem, type FileSystem } from '../workspace/file-system.js';
import { openWorkspace, type Workspace, type WorkspaceRequest } from '../workspace/workspace.js';

const CONFIG_PATH = join('config', 'battbuild.json');

export class LiveConfig {
  private readonly request: WorkspaceRequest;
  private content: Uint8Array | FileProblem;
  private broken: readonly Diagnostic[] = [];
  /** The path of the config, whether it exists or not. */
  readonly path: string;

  constructor(
    request: WorkspaceRequest,
    private opened: Workspace,
    private readonly files: FileSystem,
  ) {
    const { config } = opened;
    this.path = config?.path ?? join(request.folder, CONFIG_PATH);
    // If the config disappears, that is reported; neither defaults nor a config further up replace it.
    this.request =
      config === null ? request : { ...request, flags: { ...request.flags, config: config.path } };
    this.content = files.read(this.path);
  }

  /** The last workspace that could be opened; the same object until the config changes it. */
  get workspace(): Workspace {
    return this.opened;
  }

  /** The problems of the current config; empty if the workspace corresponds to it. */
  get diagnostics(): readonly Diagnostic[] {
    return this.broken;
  }

  /** Whether reading the config again could give another workspace or other problems. */
  isOther(): boolean {
    // A missing folder may have been the problem: no edit of the config tells that it exists now.
    if (this.broken.length > 0 || !sameContent(this.files.read(this.path), this.content)) return true;
    // The packages of Python programs are a part of the workspace.
    const { packages, wheels } = this.opened;
    return wheelsIn(packages, () => notSearchedIn(this.opened), this.files).digest !== wheels.digest;
  }

  /** Reads the config, and opens the workspace again if it changed. */
  scan(): void {
    if (!this.isOther()) return;
    this.content = this.files.read(this.path);
    const { workspace, diagnostics } = openWorkspace(this.request, this.files);
    this.broken = diagnostics ?? [];
    if (workspace !== null && JSON.stringify(workspace) !== JSON.stringify(this.opened))
      this.opened = workspace;
  }
}

function sameContent(a: Uint8Array | FileProblem, b: Uint8Array | FileProblem): boolean {
  if (a instanceof FileProblem || b instanceof FileProblem) {
    return a instanceof FileProblem && b instanceof FileProblem && a.code === b.code;
  }
  return Buffer.compare(a, b) === 0;
}
