/** The catalog of a workspace with all of its solvers loaded, without a store. */
import { Catalog } from '../../build/inputs/catalog.js';
import { scanInputs } from '../../build/inputs/scan.js';
import { furtherSamplesOf } from '../../build/selection/selection.js';
import { loadFile } from '../../lang/load.js';
import { NO_PYTHON } from '../../phases/load.js';
import type { Clock, FileSystem } from '../../workspace/file-system.js';
import type { Workspace } from '../../workspace/workspace.js';

export async function solverCatalog(workspace: Workspace, files: FileSystem, now: Clock): Promise<Catalog> {
  const catalog = new Catalog({
    scan: scanInputs(workspace, null, files, now),
    recorded: new Map(),
    pairing: workspace.settings.pairing.value,
    dialect: workspace.settings.dialect.value,
    python: NO_PYTHON,
    further: furtherSamplesOf(workspace),
    load: async (file) => {
      // Programs in Python are judged, but not bred.
      if (file.python !== null) return 0;
      const bytes = file.read();
      // A file that has been deleted has no solvers.
      if (bytes !== null) file.loaded = loadFile(bytes, file.name, file.dialect);
      return 0;
    },
  });
  await catalog.read();
  return catalog;
}
