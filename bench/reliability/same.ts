/** Compares an actual with an expected value. */

/** Maximum number of characters of a difference that are shown. */
const MOST_TEXT = 500;

/** Throws if the two are not equal as JSON, with the first difference between lists; `what` names the values. */
export function same(what: string, found: unknown, wanted: unknown): void {
  const [a, b] = [JSON.stringify(found), JSON.stringify(wanted)];
  if (a === b) return;
  if (!Array.isArray(found) || !Array.isArray(wanted))
    throw new Error(`${what}: ${short(a)}, should be ${short(b)}`);
  const at = found.findIndex((item, k) => JSON.stringify(item) !== JSON.stringify(wanted[k]));
  const k = at < 0 ? found.length : at;
  throw new Error(
    `${what}, item ${k}: ${short(JSON.stringify(found[k]))}, should be ${short(JSON.stringify(wanted[k]))}`,
  );
}

function short(text: string | undefined): string {
  return text === undefined ? 'nothing' : text.slice(0, MOST_TEXT);
}
