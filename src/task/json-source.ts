/** Positions in a JSON text: of syntax errors, of repeated keys, and of every value. */

/** A value by its position: a scalar is only the offset at which it begins. */
export type JsonNode = number | JsonList | JsonObject;

export interface JsonList {
  readonly kind: 'list';
  readonly offset: number;
  end: number;
  readonly items: JsonNode[];
}

export interface JsonObject {
  readonly kind: 'object';
  readonly offset: number;
  end: number;
  /** By key; for a repeated key, the first value. */
  readonly entries: Map<string, JsonEntry>;
  /** Every further use of a key. */
  readonly repeated: (JsonEntry & { readonly key: string })[];
}

export interface JsonEntry {
  /** Offset of the key. */
  readonly offset: number;
  readonly value: JsonNode;
}

/** Why a text is not JSON, and the offset of the first wrong character. */
export interface JsonFault {
  readonly kind: 'fault';
  readonly offset: number;
  readonly message: string;
}

export type JsonPath = readonly (string | number)[];

/** Line and column, both from 1. */
export interface JsonPosition {
  readonly line: number;
  readonly column: number;
}

/**
 * Reads the structure of a JSON text, of any depth. It accepts exactly what JSON.parse accepts. It is several times
 * slower, so it is only used for texts that have an error.
 */
export function readJsonStructure(text: string): JsonNode | JsonFault {
  return new StructureReader(text).read();
}

/** Offset of the value at `path`, or of its innermost existing parent if there is no such value. */
export function offsetAt(root: JsonNode, path: JsonPath): number {
  let node = root;
  for (const step of path) {
    const next = childOf(node, step);
    if (next === undefined) break;
    node = next;
  }
  return typeof node === 'number' ? node : node.offset;
}

function childOf(node: JsonNode, step: string | number): JsonNode | undefined {
  if (typeof node === 'number') return undefined;
  if (node.kind === 'list') return typeof step === 'number' ? node.items[step] : undefined;
  return node.entries.get(String(step))?.value;
}

/** The offsets at which the lines of a text begin. */
export function lineStarts(text: string): number[] {
  const starts = [0];
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
  return starts;
}

/** Line and column of an offset, in a text whose lines begin at `starts`. */
export function positionAt(starts: readonly number[], offset: number): JsonPosition {
  let low = 0;
  let high = starts.length;
  // Invariant: starts[low] <= offset < starts[high].
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (starts[middle] <= offset) low = middle;
    else high = middle;
  }
  return { line: low + 1, column: offset - starts[low] + 1 };
}

const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

class StructureReader {
  private at = 0;
  private fault: JsonFault | null = null;
  private readonly open: (JsonList | JsonObject)[] = [];
  /** The key whose value comes next, for each open object. */
  private readonly keys: { readonly key: string; readonly offset: number }[] = [];

  constructor(private readonly text: string) {}

  read(): JsonNode | JsonFault {
    this.skipSpace();
    for (;;) {
      let node = this.begin();
      if (this.fault !== null) return this.fault;
      // A container that is not empty was opened: its first value comes next.
      if (node === null) continue;
      for (;;) {
        this.skipSpace();
        const parent = this.open.at(-1);
        if (parent === undefined) {
          return this.at === this.text.length ? node : this.failure('expected the end of the file');
        }
        this.add(parent, node);
        const next = this.text[this.at];
        if (next === ',') {
          this.at++;
          this.skipSpace();
          if (parent.kind === 'object') this.readKey();
          if (this.fault !== null) return this.fault;
          break;
        }
        const closing = parent.kind === 'list' ? ']' : '}';
        if (next !== closing) return this.failure(`expected "," or "${closing}"`);
        parent.end = ++this.at;
        this.open.pop();
        node = parent;
      }
    }
  }

  /** Reads a scalar or an empty container; opens any other container and returns null. */
  private begin(): JsonNode | null {
    const offset = this.at;
    switch (this.text[offset]) {
      case '[':
        return this.openContainer({ kind: 'list', offset, end: 0, items: [] }, ']');
      case '{':
        return this.openContainer({ kind: 'object', offset, end: 0, entries: new Map(), repeated: [] }, '}');
      case '"':
        this.skipString();
        return offset;
      default:
        SCALAR.lastIndex = offset;
        if (SCALAR.test(this.text)) this.at = SCALAR.lastIndex;
        else this.failure('expected a value');
        return offset;
    }
  }

  private openContainer(container: JsonList | JsonObject, closing: string): JsonNode | null {
    this.at++;
    this.skipSpace();
    if (this.text[this.at] === closing) {
      container.end = ++this.at;
      return container;
    }
    this.open.push(container);
    if (container.kind === 'object') this.readKey();
    return null;
  }

  private add(parent: JsonList | JsonObject, value: JsonNode): void {
    if (parent.kind === 'list') {
      parent.items.push(value);
      return;
    }
    const { key, offset } = this.keys.pop()!;
    if (parent.entries.has(key)) parent.repeated.push({ key, offset, value });
    else parent.entries.set(key, { offset, value });
  }

  private readKey(): void {
    const offset = this.at;
    if (this.text[offset] !== '"') {
      this.failure('expected a key in double quotes');
      return;
    }
    this.skipString();
    if (this.fault !== null) return;
    this.keys.push({ key: JSON.parse(this.text.slice(offset, this.at)) as string, offset });
    this.skipSpace();
    if (this.text[this.at] !== ':') {
      this.failure('expected ":" after the key');
      return;
    }
    this.at++;
    this.skipSpace();
  }

  private skipString(): void {
    const { text } = this;
    let at = this.at + 1;
    for (; ; at++) {
      const code = text.charCodeAt(at);
      if (code === 0x22) break;
      if (code === 0x5c) {
        const escaped = text[++at];
        if (escaped === 'u' && /^[0-9a-fA-F]{4}$/.test(text.slice(at + 1, at + 5))) at += 4;
        else if (escaped === undefined || !'"\\/bfnrt'.includes(escaped)) {
          this.at = at;
          this.failure('expected an escape such as \\n or \\u0041');
          return;
        }
      } else if (!(code >= 0x20)) {
        // NaN is the code past the end of the text.
        this.at = at;
        this.failure('expected the end of the string');
        return;
      }
    }
    this.at = at + 1;
  }

  private skipSpace(): void {
    const { text } = this;
    let at = this.at;
    for (; ; at++) {
      const code = text.charCodeAt(at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) break;
    }
    this.at = at;
  }

  private failure(expectation: string): JsonFault {
    const found = this.text.codePointAt(this.at);
    const what =
      found === undefined ? 'the file ends' : `found ${JSON.stringify(String.fromCodePoint(found))}`;
    this.fault = { kind: 'fault', offset: this.at, message: `${expectation}, but ${what}` };
    return this.fault;
  }
}
