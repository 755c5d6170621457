/**
 * Checks whether a published text is unchanged although its stat is different, because hard links change the ctime.
 */
import { FileProblem, type FileStat, type FileSystem } from '../file-system.js';
import { isNamedRight } from './published-path.js';

/** Reads a text to check whether its content corresponds to its name. */
export function holdsItsText(files: FileSystem, path: string): boolean {
  const content = files.read(path);
  return !(content instanceof FileProblem) && isNamedRight(path, content);
}

/** The stat of a text, if it is the recorded file with the right content; else null. */
export function lookAtText(files: FileSystem, path: string, recorded: FileStat): FileStat | null {
  // Before the content is read, so that a later change also changes the stat.
  const now = files.statLink(path);
  if (now instanceof FileProblem || !isSameText(now, recorded)) return null;
  return holdsItsText(files, path) ? now : null;
}

/** Whether a stat can be that of the recorded text: the same file, of the same size. */
export function isSameText(now: FileStat, recorded: FileStat): boolean {
  return (
    now.kind === 'file' &&
    recorded.kind === 'file' &&
    now.inode === recorded.inode &&
    now.size === recorded.size
  );
}
