/**
 * The meaning of a published file's path: whether it is a text or a link to one, and what its content must be.
 */
import { md5Hex } from '../../encoding/digest.js';

/** Whether a path in the output folder is that of a text; all others are links, or copies that replace links. */
export function isText(path: string): boolean {
  return path.startsWith('solver_md5/') || path.startsWith('differ_md5/');
}

/** The path of the text for a published file: itself, or the text that it links to. */
export function textOf(file: string): string {
  if (isText(file)) return file;
  const folder = file.startsWith('solver_dir/') ? 'solver_md5' : 'differ_md5';
  return `${folder}/${baseOf(file)}`;
}

/** The file name of a text with this content. */
export function textName(content: string | Uint8Array): string {
  return `${md5Hex(content)}.py`;
}

/** Whether the content of a published file corresponds to its name. */
export function isNamedRight(file: string, content: Uint8Array): boolean {
  return textName(content) === baseOf(file);
}

export function parentOf(file: string): string {
  return file.slice(0, file.lastIndexOf('/'));
}

function baseOf(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1);
}
