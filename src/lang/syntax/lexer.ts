/**
 * Splits solver text into tokens, directly from its bytes and one at a time. The lexer's fields describe the current
 * token.
 */
import { extendHash, hashOfBytes, type NameTable } from './names.js';
import { Word } from './symbols.js';

export const Token = {
  /** The end of a logical line; the next physical line has not been read. */
  Newline: 0,
  /** A name or reserved word; its id is in `name`. */
  Name: 1,
  /** Decimal digits; `value` is their value, beyond the safe integers if there are too many digits. */
  Integer: 2,
  String: 3,
  Open: 4,
  Close: 5,
  Comma: 6,
  Equals: 7,
  Colon: 8,
  Minus: 9,
  Semicolon: 10,
  /** `->` */
  Arrow: 11,
  /** Anything that the language does not have: operators, brackets, numbers with a dot, stray characters. */
  Foreign: 12,
  /** A string without an end. */
  Unterminated: 13,
  /** The file, or the function (a line begins with `def`), ends inside brackets. */
  Unclosed: 14,
} as const;

/** A position in the text, with the token there. */
export interface Mark {
  readonly start: number;
  readonly at: number;
  readonly line: number;
  readonly kind: number;
  readonly name: number;
  readonly value: number;
  readonly indent: number;
  readonly narrowIndent: number;
  readonly lineDone: boolean;
  readonly depth: number;
}

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
  SEMICOLON,
  LEFT_BRACKET,
  RIGHT_BRACKET,
  JOIN,
  END,
] = Array.from({ length: 18 }, (_, k) => k);
const classOf = new Uint8Array(256).fill(FOREIGN);
/** 1 for bytes that can continue a name. */
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
classify(';', SEMICOLON);
classify('[{', LEFT_BRACKET);
classify(']}', RIGHT_BRACKET);
classify('\\', JOIN);
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

/**
 * An assignment with blanks around its sign, which a keyword argument does not have; or a word that begins a
 * statement.
 */
const STATEMENT = /^(return\b|def\b|class\b|@|[\p{XID_Start}_]\p{XID_Continue}*([ \t]+=|[ \t]*:.*=)(?!=))/u;
const LONGEST_TARGET = 200;

const HASH_START = hashOfBytes(new Uint8Array(0), 0, 0);

/** Python's integer literals, other than plain digits. */
const INTEGER = /^(0[xX](_?[0-9a-fA-F])+|0[oO](_?[0-7])+|0[bB](_?[01])+|[1-9](_?[0-9])*|0(_?0)*)$/;

/** A Python identifier at the beginning of a text. */
const UNICODE_NAME = /^[\p{XID_Start}_]\p{XID_Continue}*/u;
/** Prefixes that a plain string may have, for docstrings. */
const STRING_PREFIX = /^[rRuU]$/;
const ANY_STRING_PREFIX = /^([rRuUbBfF]|[bBfF][rR]|[rR][bBfF])$/;

export class Lexer {
  /** The text, followed by a zero byte so that no loop needs to test for the end. */
  bytes = new Uint8Array(1 << 16);
  length = 0;
  /** Start of the current token; it ends at `at`. */
  start = 0;
  at = 0;
  /** The physical line of `at`, from 1. */
  line = 1;
  kind: number = Token.Newline;
  name = 0;
  value = 0;
  /** Indentation of the current line, with tab stops every 8 columns; -1 at the end of the file. */
  indent = -1;
  /**
   * The same with tabs of width 1. Two lines have equal indentation if both numbers are equal, for any width of tabs.
   */
  narrowIndent = -1;
  /** Whether the current line has been read to its end. */
  lineDone = true;
  /** While a line is being skipped: the largest indentation of a statement that ends it; else -1. */
  private statementIndent = -1;
  /** Number of open brackets of all kinds. */
  depth = 0;

  constructor(private readonly names: NameTable) {}

  /** Begins a file. Positions of tokens are offsets in `bytes`, and so in the file. */
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

  /**
   * Goes to the first token of the next line that has one, and measures its indentation. The current line must be
   * finished.
   */
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

  /** The current position, to return to later. */
  mark(): Mark {
    const { start, at, line, kind, name, value, indent, narrowIndent, lineDone, depth } = this;
    return { start, at, line, kind, name, value, indent, narrowIndent, lineDone, depth };
  }

  /** Goes to a position within a line, between two tokens and outside brackets. */
  seek(at: number, line: number): void {
    this.at = at;
    this.line = line;
    this.lineDone = false;
    this.depth = 0;
  }

  goTo(mark: Mark): void {
    this.start = mark.start;
    this.at = mark.at;
    this.line = mark.line;
    this.kind = mark.kind;
    this.name = mark.name;
    this.value = mark.value;
    this.indent = mark.indent;
    this.narrowIndent = mark.narrowIndent;
    this.lineDone = mark.lineDone;
    this.depth = mark.depth;
  }

  /**
   * Skips the rest of the current line. If brackets are open, the skipped part ends before what looks like a
   * statement with an indentation of at most `indent`. `visit` is called at each token, the current one first.
   */
  abandonLine(indent: number, visit?: () => void): void {
    this.statementIndent = indent;
    while (!this.lineDone) {
      visit?.();
      this.next();
    }
    this.statementIndent = -1;
  }

  /** Whether the current token is the first of its physical line. */
  startsLine(): boolean {
    let at = this.start;
    while (at > 0 && classOf[this.bytes[at - 1]] === SPACE) at--;
    return at === 0 || classOf[this.bytes[at - 1]] === NEWLINE;
  }

  /** Goes back to the beginning of the current token, and begins a logical line there. */
  rewindLine(): void {
    let at = this.start;
    while (at > 0 && classOf[this.bytes[at - 1]] === SPACE) at--;
    this.at = at;
    this.lineDone = true;
  }

  /** Whether the current token is a name and no reserved word. */
  atName(): boolean {
    return this.kind === Token.Name && this.name >= Word.count;
  }

  /** Whether the current token ends a statement. */
  atEnd(): boolean {
    return this.kind === Token.Newline || this.kind === Token.Semicolon;
  }

  /** Whether the byte at `at` can begin a statement. */
  atWord(): boolean {
    const kind = classOf[this.bytes[this.at]];
    return kind === LETTER || kind === QUOTE;
  }

  /** Whether the next byte is `=`, but not the next two. */
  beforeEquals(): boolean {
    const { bytes } = this;
    let { at } = this;
    while (classOf[bytes[at]] === SPACE) at++;
    return bytes[at] === EQUAL && bytes[at + 1] !== EQUAL;
  }

  /** Whether the text at `at`, after the blanks of a line, looks like an assignment or a return. */
  looksLikeStatement(at: number): boolean {
    return STATEMENT.test(this.slice(at, Math.min(at + LONGEST_TARGET, this.endOfLine(at))));
  }

  /** Reads the next token of the line; returns its kind. */
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
        case LEFT_BRACKET:
          this.depth++;
          return this.token(Token.Foreign, at, at + 1);
        case RIGHT_BRACKET:
          if (this.depth > 0) this.depth--;
          return this.token(Token.Foreign, at, at + 1);
        case SEMICOLON:
          return this.token(Token.Semicolon, at, at + 1);
        case COMMA:
          return this.token(Token.Comma, at, at + 1);
        case EQUALS:
          return this.token(bytes[at + 1] === EQUAL ? Token.Foreign : Token.Equals, at, at + 1);
        case COLON:
          return this.token(bytes[at + 1] === EQUAL ? Token.Foreign : Token.Colon, at, at + 1);
        case MINUS:
          if (bytes[at + 1] === GREATER) return this.token(Token.Arrow, at, at + 2);
          return this.token(Token.Minus, at, at + 1);
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
          if (this.atDefinition(this.at) || this.atStatement()) return this.endLine(Token.Unclosed);
          at = this.at;
          continue;
        case JOIN: {
          const joined = this.afterJoin(at);
          if (joined < 0) return this.token(Token.Foreign, at, at + 1);
          at = joined;
          continue;
        }
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

  /** Skips the line end at `at`: LF, CR LF or CR. */
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

  /**
   * Skips the line end after the backslash at `at`; returns the start of the next line, or -1 if there is no line
   * end.
   */
  private afterJoin(at: number): number {
    const { bytes } = this;
    if (classOf[bytes[at + 1]] !== NEWLINE) return -1;
    const width = bytes[at + 1] === CR && bytes[at + 2] === LF ? 3 : 2;
    if (at + width >= this.length || this.atDefinition(at + width)) return -1;
    this.line++;
    return at + width;
  }

  /** Whether a line that is being skipped ends here, although brackets are open. */
  private atStatement(): boolean {
    if (this.statementIndent < 0) return false;
    let { at } = this;
    let indent = 0;
    for (; classOf[this.bytes[at]] === SPACE; at++)
      indent = this.bytes[at] === TAB ? (indent | 7) + 1 : indent + 1;
    return indent <= this.statementIndent && this.looksLikeStatement(at);
  }

  /** Whether the line that begins at `at` begins with the word `def`. */
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
      const text = this.slice(start, at);
      if (!INTEGER.test(text)) return this.token(Token.Foreign, start, at);
      value = Number(text.replaceAll('_', ''));
    }
    this.value = value;
    return this.token(Token.Integer, start, at);
  }

  private isStringPrefix(start: number, end: number): boolean {
    return end - start <= 2 && ANY_STRING_PREFIX.test(this.slice(start, end));
  }

  /** Reads a string whose first quote is at `quote`; its prefix, if any, begins at `start`. */
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

  /** A string without an end is taken to end before the next line that begins with `def`. */
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

  /** Reads a name with letters beyond ASCII, in Python's normal form (NFKC); a stray character if it is no name. */
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

  /** The text of a range of the file. */
  slice(start: number, end: number): string {
    return Buffer.from(this.bytes.buffer, start, end - start).toString('utf8');
  }
}
