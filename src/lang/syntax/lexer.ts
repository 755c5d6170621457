/** Solver text as tokens, straight from the bytes and one at a time: the current token is in the lexer's fields. */
import { extendHash, hashOfBytes, type NameTable } from './names.js';

export const Token = {
  /** The end of a logical line; the next physical line has not been looked at. */
  Newline: 0,
  /** A name or reserved word; its id is in `name`. */
  Name: 1,
  /** Decimal digits; `value`, which is beyond the safe integers for too many of them. */
  Integer: 2,
  String: 3,
  Open: 4,
  Close: 5,
  Comma: 6,
  Equals: 7,
  Colon: 8,
  Minus: 9,
  /** Anything that the language has no use for: operators, brackets, numbers with a dot, stray characters. */
  Foreign: 10,
  /** A string without its end. */
  Unterminated: 11,
  /** The file, or the function (a line that begins with `def`), ends inside of parentheses. */
  Unclosed: 12,
} as const;

/** Classes of bytes. */
const [
  FOREIGN,
  SPACE,
  NEWLINE,
  COMMENT,
  LETTER,
  DIGIT,
  QUOTE,
  OPEN,
  CLOSE,
  COMMA,
  EQUALS,
  COLON,
  MINUS,
  END,
] = Array.from({ length: 14 }, (_, k) => k);
const classOf = new Uint8Array(256).fill(FOREIGN);
/** 1 for bytes that continue a name. */
const isWord = new Uint8Array(256);

function classify(characters: string, kind: number): void {
  for (const character of characters) classOf[character.charCodeAt(0)] = kind;
}
classify(' \t\f', SPACE);
classify('\n\r', NEWLINE);
classify('#', COMMENT);
classify('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_', LETTER);
classify('0123456789', DIGIT);
classify('"\'', QUOTE);
classify('(', OPEN);
classify(')', CLOSE);
classify(',', COMMA);
classify('=', EQUALS);
classify(':', COLON);
classify('-', MINUS);
classify('\0', END);
for (let byte = 0; byte < 256; byte++) {
  if (classOf[byte] === LETTER || classOf[byte] === DIGIT) isWord[byte] = 1;
}

const TAB = 0x09;
const LF = 0x0a;
const FORM_FEED = 0x0c;
const CR = 0x0d;
const BLANK = 0x20;
const HASH = 0x23;
const DOT = 0x2e;
const GREATER = 0x3e;
const EQUAL = 0x3d;
const BACKSLASH = 0x5c;
const HASH_START = hashOfBytes(new Uint8Array(0), 0, 0);

/** A name as Python has it, at the beginning of a text. */
const UNICODE_NAME = /^[\p{XID_Start}_]\p{XID_Continue}*/u;
/** Prefixes that leave a string a plain one, as a docstring may be. */
const STRING_PREFIX = /^[rRuU]$/;
const ANY_STRING_PREFIX = /^([rRuUbBfF]|[bBfF][rR]|[rR][bBfF])$/;

export class Lexer {
  /** The text, with a zero byte behind it: so that no loop needs to test for the end. */
  bytes = new Uint8Array(1 << 16);
  length = 0;
  /** Where the current token begins; it ends at `at`. */
  start = 0;
  at = 0;
  /** The physical line of `at`, counted from 1. */
  line = 1;
  kind: number = Token.Newline;
  name = 0;
  value = 0;
  /** How far the current line is indented, with tab stops every 8 columns; -1 at the end of the file. */
  indent = -1;
  /** The same with tabs of width 1: two lines are indented alike if both numbers agree, whatever a tab's width is. */
  narrowIndent = -1;
  /** Whether the current line has been read to its end. */
  lineDone = true;
  private depth = 0;

  constructor(private readonly names: NameTable) {}

  /** Begins a file. Tokens have positions in `bytes`, which are those in the file. */
  open(file: Uint8Array): void {
    if (file.length >= this.bytes.length) this.bytes = new Uint8Array(file.length + 1);
    this.bytes.set(file);
    this.bytes[file.length] = 0;
    this.length = file.length;
    const marked = file[0] === 0xef && file[1] === 0xbb && file[2] === 0xbf;
    this.at = marked ? 3 : 0;
    this.line = 1;
    this.lineDone = true;
    this.depth = 0;
  }

  /** Goes to the first token of the next line that has any, and measures its indentation. The last line must be done. */
  startLine(): void {
    const { bytes } = this;
    for (;;) {
      let at = this.at;
      let wide = 0;
      let narrow = 0;
      for (;;) {
        const byte = bytes[at];
        if (byte === BLANK) {
          wide++;
          narrow++;
        } else if (byte === TAB) {
          wide = (wide | 7) + 1;
          narrow++;
        } else if (byte === FORM_FEED) {
          wide = 0;
          narrow = 0;
        } else break;
        at++;
      }
      if (bytes[at] === HASH) at = this.endOfLine(at);
      if (bytes[at] === LF || bytes[at] === CR) {
        this.at = at;
        this.newline();
        continue;
      }
      this.at = at;
      const ended = at >= this.length;
      this.indent = ended ? -1 : wide;
      this.narrowIndent = ended ? -1 : narrow;
      this.lineDone = ended;
      this.depth = 0;
      return;
    }
  }

  /** Gives up the rest of the current physical line, and the next too if a backslash joins them. */
  abandonLine(): void {
    if (this.lineDone) return;
    let joined = true;
    while (joined) {
      this.at = this.endOfLine(this.at);
      joined = this.bytes[this.at - 1] === BACKSLASH;
      if (this.at < this.length) this.newline();
      if (this.at >= this.length || this.atDefinition(this.at)) break;
    }
    this.lineDone = true;
  }

  /** Whether the current token is the first of its physical line. */
  startsLine(): boolean {
    let at = this.start;
    while (at > 0 && classOf[this.bytes[at - 1]] === SPACE) at--;
    return at === 0 || classOf[this.bytes[at - 1]] === NEWLINE;
  }

  /** Goes back to the beginning of the current token, which is to begin a logical line of its own. */
  rewindLine(): void {
    let at = this.start;
    while (at > 0 && classOf[this.bytes[at - 1]] === SPACE) at--;
    this.at = at;
    this.lineDone = true;
  }

  /** Whether the byte at `at` can begin a statement. */
  atWord(): boolean {
    const kind = classOf[this.bytes[this.at]];
    return kind === LETTER || kind === QUOTE;
  }

  /** Reads the next token of the line, and gives its kind. */
  next(): number {
    const { bytes } = this;
    let at = this.at;
    for (;;) {
      const byte = bytes[at];
      switch (classOf[byte]) {
        case SPACE:
          at++;
          continue;
        case LETTER: {
          let hash = HASH_START;
          let end = at;
          let letter = byte;
          do {
            hash = extendHash(hash, letter);
            letter = bytes[++end];
          } while (isWord[letter] === 1);
          if (letter >= 0x80) return this.unicodeName(at);
          if (classOf[letter] === QUOTE && this.isStringPrefix(at, end)) return this.string(at, end);
          this.name = this.names.intern(bytes, at, end, hash);
          return this.token(Token.Name, at, end);
        }
        case DIGIT:
          return this.number(at);
        case OPEN:
          this.depth++;
          return this.token(Token.Open, at, at + 1);
        case CLOSE:
          if (this.depth > 0) this.depth--;
          return this.token(Token.Close, at, at + 1);
        case COMMA:
          return this.token(Token.Comma, at, at + 1);
        case EQUALS:
          return this.token(bytes[at + 1] === EQUAL ? Token.Foreign : Token.Equals, at, at + 1);
        case COLON:
          return this.token(bytes[at + 1] === EQUAL ? Token.Foreign : Token.Colon, at, at + 1);
        case MINUS:
          return this.token(bytes[at + 1] === GREATER ? Token.Foreign : Token.Minus, at, at + 1);
        case QUOTE:
          return this.string(at, at);
        case COMMENT:
          at = this.endOfLine(at);
          continue;
        case NEWLINE:
          this.start = at;
          this.at = at;
          this.newline();
          if (this.depth === 0) return this.endLine(Token.Newline);
          if (this.atDefinition(this.at)) return this.endLine(Token.Unclosed);
          at = this.at;
          continue;
        case END:
          if (at < this.length) return this.token(Token.Foreign, at, at + 1);
          this.start = at;
          this.at = at;
          return this.endLine(this.depth === 0 ? Token.Newline : Token.Unclosed);
        default:
          if (byte >= 0x80) return this.unicodeName(at);
          return this.token(Token.Foreign, at, at + 1);
      }
    }
  }

  private token(kind: number, start: number, end: number): number {
    this.kind = kind;
    this.start = start;
    this.at = end;
    return kind;
  }

  private endLine(kind: number): number {
    this.kind = kind;
    this.lineDone = true;
    return kind;
  }

  /** Steps over the line end at `at`: LF, CR LF or CR. */
  private newline(): void {
    if (this.bytes[this.at] === CR && this.bytes[this.at + 1] === LF) this.at++;
    this.at++;
    this.line++;
  }

  private endOfLine(from: number): number {
    const { bytes, length } = this;
    let at = from;
    while (bytes[at] !== LF && bytes[at] !== CR && at < length) at++;
    return at;
  }

  /** Whether a line that begins at `at` begins with the word `def`. */
  private atDefinition(at: number): boolean {
    const { bytes } = this;
    if (bytes[at] !== 0x64 || bytes[at + 1] !== 0x65 || bytes[at + 2] !== 0x66) return false;
    return classOf[bytes[at + 3]] === SPACE;
  }

  private number(start: number): number {
    const { bytes } = this;
    let value = 0;
    let at = start;
    for (; classOf[bytes[at]] === DIGIT; at++) value = value * 10 + (bytes[at] - 0x30);
    const padded = bytes[start] === 0x30 && value > 0;
    if (padded || isWord[bytes[at]] === 1 || bytes[at] === DOT) {
      while (isWord[bytes[at]] === 1 || bytes[at] === DOT) at++;
      return this.token(Token.Foreign, start, at);
    }
    this.value = value;
    return this.token(Token.Integer, start, at);
  }

  private isStringPrefix(start: number, end: number): boolean {
    return end - start <= 2 && ANY_STRING_PREFIX.test(this.slice(start, end));
  }

  /** A string whose first quote is at `quote` and whose prefix, if any, begins at `start`. */
  private string(start: number, quote: number): number {
    const { bytes } = this;
    const plain = start === quote || STRING_PREFIX.test(this.slice(start, quote));
    const mark = bytes[quote];
    const triple = bytes[quote + 1] === mark && bytes[quote + 2] === mark;
    this.start = start;
    this.at = quote + (triple ? 3 : 1);
    const found = triple ? this.skipTripleQuoted(mark) : this.skipQuoted(mark);
    this.kind = found ? (plain ? Token.String : Token.Foreign) : Token.Unterminated;
    return this.kind;
  }

  private skipQuoted(mark: number): boolean {
    const { bytes } = this;
    while (this.at < this.length) {
      const byte = bytes[this.at];
      if (byte === LF || byte === CR) return false;
      this.at++;
      if (byte === mark) return true;
      if (byte === BACKSLASH) this.skipEscaped();
    }
    return false;
  }

  /** Without an end, the string is taken to end before the next line that begins with `def`. */
  private skipTripleQuoted(mark: number): boolean {
    const { bytes } = this;
    let resume = -1;
    let resumeLine = 0;
    while (this.at < this.length) {
      const byte = bytes[this.at];
      if (byte === LF || byte === CR) {
        this.newline();
        if (resume < 0 && this.atDefinition(this.at)) {
          resume = this.at;
          resumeLine = this.line;
        }
        continue;
      }
      this.at++;
      if (byte === BACKSLASH) this.skipEscaped();
      else if (byte === mark && bytes[this.at] === mark && bytes[this.at + 1] === mark) {
        this.at += 2;
        return true;
      }
    }
    if (resume >= 0) {
      this.at = resume;
      this.line = resumeLine;
    }
    this.lineDone = true;
    return false;
  }

  private skipEscaped(): void {
    if (this.bytes[this.at] === LF || this.bytes[this.at] === CR) this.newline();
    else if (this.at < this.length) this.at++;
  }

  /** A name with letters beyond ASCII, in Python's normal form (NFKC); a stray character if it is none. */
  private unicodeName(start: number): number {
    const { bytes } = this;
    let end = start;
    while (isWord[bytes[end]] === 1 || bytes[end] >= 0x80) end++;
    const run = this.slice(start, end);
    const found = UNICODE_NAME.exec(run);
    if (found === null) return this.token(Token.Foreign, start, start + 1);
    this.name = this.names.internText(found[0].normalize('NFKC'));
    return this.token(Token.Name, start, start + Buffer.byteLength(found[0]));
  }

  /** The text of a part of the file. */
  slice(start: number, end: number): string {
    return Buffer.from(this.bytes.buffer, start, end - start).toString('utf8');
  }
}
