/** Writes large output in pieces, no faster than it is read. */
import type { OutputStream } from './context.js';

/** Characters that are written at a time. */
const PIECE = 1 << 16;

/** Writes all texts. Stops without an error when the output is no longer read (`| head`). */
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

/** Resolves when the text has been handed over; to false if it could not be written. */
function write(stream: OutputStream, text: string): Promise<boolean> {
  return new Promise((resolve) => {
    stream.write(text, (error) => resolve(error === null || error === undefined));
  });
}
