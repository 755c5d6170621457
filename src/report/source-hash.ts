/** Names a script or a style in a page's content security policy. */
import { createHash } from 'node:crypto';

/** A hash source, as the policy wants it: of the text between the tags. */
export function sourceHash(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
