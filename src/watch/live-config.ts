/** The workspace that is in force while its config is edited, broken and mended. */
import { join } from 'node:path';
import type { Diagnostic } from '../diagnostic.js';
import { FileProblem, type FileSystem } from '../workspace/file-system.js';
import { openWorkspace, type Workspace, type WorkspaceRequest } from '../workspace/workspace.js';

const CONFIG_PATH = join('config', 'battbuild.json');

export class LiveConfig {
  private readonly request: WorkspaceRequest;
  private content: Uint8Array | FileProblem;
  private broken: readonly Diagnostic[] = [];
  /** Where the config is, or would be. */
  readonly path: string;

  constructor(
    request: WorkspaceRequest,
    private opened: Workspace,
    private readonly files: FileSystem,
  ) {
    const { config } = opened;
    this.path = config?.path ?? join(request.folder, CONFIG_PATH);
    // A config that vanishes is to be missed, not to be replaced by defaults or by another one further up.
    this.request =
      config === null ? request : { ...request, flags: { ...request.flags, config: config.path } };
    this.content = files.read(this.path);
  }

  /** The last workspace that could be opened: the same object unless the config made it another. */
  get workspace(): Workspace {
    return this.opened;
  }

  /** What is wrong with the config as it is now; nothing when the workspace is that of the config. */
  get diagnostics(): readonly Diagnostic[] {
    return this.broken;
  }

  /** Whether a look could find another workspace, or something else to say of the config. */
  isOther(): boolean {
    // What was wrong may have been a folder that was missing: no edit of the config tells that it is there now.
    return this.broken.length > 0 || !sameContent(this.files.read(this.path), this.content);
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
