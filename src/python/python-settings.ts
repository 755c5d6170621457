/** The settings on which the contents of a loaded Python file depend. */
import type { Workspace } from '../workspace/workspace.js';

export interface PythonSettings {
  /** The setting `python.entry`. */
  readonly entry: string;
  /** Digest of the offered packages; null if there are none. */
  readonly packages: string | null;
}

export function pythonSettingsOf({
  settings,
  wheels,
}: Pick<Workspace, 'settings' | 'wheels'>): PythonSettings {
  return { entry: settings['python.entry'].value, packages: wheels.digest };
}
