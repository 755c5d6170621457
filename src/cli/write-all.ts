/** Writes large output in pieces, as fast as it is read and no longer than it is. */
import type { OutputStream } from './context.js';

/** Characters that are written at once. */
const PIECE = 1 << 16;

/** Writes all texts; stops quietly when nobody reads any more (`| head`). */
export async function writeAll(stream: OutputStream, texts: Iterable<string>): Promise<void> {
  let piece = '';
  for (const text of texts) {
    piece += text;
    if (piece.length < PIECE) continue;
    if (!(await write(stream, piece))) return;
    piece = '';
  }
  if (piece !== '') await write(stream, piece);
}

/** Settles when the text is on its way; false when it could not be written. */
function write(stream: OutputStream, text: string): Promise<boolean> {
  return new Promise((resolve) => {
    stream.write(text, (error) => resolve(error === null || error === undefined));
  });
}
