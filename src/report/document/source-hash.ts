/** Names a script or a style in a page's content security policy. */
import { sha256 } from '../../encoding/digest.js';

/** A hash source, as the policy wants it: of the text between the tags. */
export function sourceHash(text: string): string {
  return `sha256-${sha256(text).toString('base64')}`;
}
