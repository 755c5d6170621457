/** What the thread that serves the report is told, and what it tells. */
import type { Selection } from '../../build/options.js';
import type { Workspace } from '../../workspace/workspace.js';

export interface ThreadStart {
  readonly workspace: Workspace;
  readonly selection: Selection;
  /** 0 is any free one. */
  readonly port: number;
  readonly document: string;
  /** Of battbuild. */
  readonly version: string;
}

export type ToThread =
  /** A build of the workspace is finished. */
  { readonly type: 'built'; readonly workspace: Workspace } | { readonly type: 'end' };

export type FromThread =
  | { readonly type: 'listening'; readonly url: string }
  /** It cannot listen; `code` is the system's. */
  | { readonly type: 'failed'; readonly code: string };
