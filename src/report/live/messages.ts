/** The messages to and from the thread that serves the report. */
import type { Selection } from '../../build/options.js';
import type { Workspace } from '../../workspace/workspace.js';

export interface ThreadStart {
  readonly workspace: Workspace;
  readonly selection: Selection;
  /** 0 for any free port. */
  readonly port: number;
  readonly document: string;
  /** Version of battbuild. */
  readonly version: string;
}

export type ToThread =
  /** A build of the workspace has finished. */
  { readonly type: 'built'; readonly workspace: Workspace } | { readonly type: 'end' };

export type FromThread =
  | { readonly type: 'listening'; readonly url: string }
  /** The server cannot listen; `code` is the system's error code. */
  | { readonly type: 'failed'; readonly code: string };
