/** What files of Python are loaded with: settings that have a say in what is found in them. */
import type { Workspace } from '../workspace/workspace.js';

export interface PythonSettings {
  /** The setting `python.entry`. */
  readonly entry: string;
  /** Digest of the packages that are offered; null where there are none. */
  readonly packages: string | null;
}

export function pythonSettingsOf({
  settings,
  wheels,
}: Pick<Workspace, 'settings' | 'wheels'>): PythonSettings {
  return { entry: settings['python.entry'].value, packages: wheels.digest };
}
