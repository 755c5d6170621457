/** Whether to show lines of inputs below diagnostics: in a terminal, or if colours are asked for. */
import { FileProblem } from '../../workspace/file-system.js';
import { nodeFileSystem } from '../../workspace/node-file-system.js';
import type { OutputStream } from '../process/context.js';
import { Excerpts } from '../render/excerpt.js';
import type { Style } from '../render/style.js';

/** Null if no lines are to be shown. `root` is the folder of the workspace. */
export function excerptsOn(stream: OutputStream, style: Style, root: string): Excerpts | null {
  if (stream.isTTY !== true && !style.colored) return null;
  return new Excerpts(root, (path) => {
    const bytes = nodeFileSystem.read(path);
    return bytes instanceof FileProblem ? null : bytes;
  });
}
