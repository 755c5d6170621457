/** The hash of a script or a style for a page's content security policy. */
import { sha256 } from '../../encoding/digest.js';

/** The hash source of the text between the tags, as the policy writes it. */
export function sourceHash(text: string): string {
  return `sha256-${sha256(text).toString('base64')}`;
}
