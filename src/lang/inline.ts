/** Prints programs as solver files. Loading the text gives the same program again. */
import { type Language, languageNamed } from './language.js';
import { languageOfProgram, Op, type Program } from './program/program.js';

/** A node with several uses is repeated at each use if its text is no longer than this. */
const LONGEST_REPEATED = 40;
/**
 * The approximate maximum length of an expression. Beyond it, operands with texts longer than LONGEST_REPEATED get
 * names.
 */
const LONGEST_EXPRESSION = 300;
/** The depth of nested parentheses. CPython's parser fails somewhere beyond a hundred. */
const DEEPEST_EXPRESSION = 24;

/**
 * The program as a function in a file of its own. A node is written where it is used. It gets a line and a name (x1,
 * x2, ...) if it has several uses and is not short, if it is called (only names can be called), or if the line would
 * otherwise become too long or too deep. So the text is linear in the size of the DAG, and any Python can parse it.
 */
export function inlineSource(
  program: Program,
  functionName = 'solve',
  language: Language = languageOfProgram(program),
): string {
  return dialectComment(language) + inlineFunction(program, functionName, language);
}

/**
 * The first line of a file in this language, if it needs one: without it the names may not determine the language. Files of
 * the base need it only where `configured` names another language for files that do not say theirs.
 */
export function dialectComment(language: Language, configured?: string): string {
  const other = configured !== undefined && (languageNamed(configured) ?? language) !== language;
  return language.firstId > 0 || other ? `# dialect: ${language.name}\n` : '';
}

/** Only the function. */
export function inlineFunction(
  program: Program,
  functionName: string,
  language: Language = languageOfProgram(program),
): string {
  return new Printer(program, language).print(functionName);
}

class Printer {
  /** By node: its name, if it has one. */
  private readonly names: (string | undefined)[];
  /** By node: its number of uses as an operand. */
  private readonly uses: Int32Array;
  /** By node: 1 if it is called. */
  private readonly called: Uint8Array;
  private readonly named: Uint8Array;

  constructor(
    private readonly program: Program,
    private readonly language: Language,
  ) {
    const { length, ops, starts, operands } = program;
    this.names = new Array(length);
    this.uses = new Int32Array(length);
    this.called = new Uint8Array(length);
    this.named = new Uint8Array(length);
    for (const operand of operands) this.uses[operand]++;
    for (let node = 0; node < length; node++) {
      if (ops[node] === Op.Apply) this.called[operands[starts[node]]] = 1;
    }
  }

  print(functionName: string): string {
    this.chooseNamed();
    const { length, ops } = this.program;
    const readsMore = ops.includes(Op.S) || ops.includes(Op.C);
    let text = `def ${functionName}(${readsMore ? 'S, I, C' : 'I'}):\n`;
    let lines = 0;
    for (let node = 0; node < length - 1; node++) {
      if (this.named[node] === 0) continue;
      const expression = this.expression(node);
      do this.names[node] = `x${++lines}`;
      while (this.isTaken(this.names[node]!));
      text += `    ${this.names[node]} = ${expression}\n`;
    }
    return `${text}    return ${this.expression(length - 1)}\n`;
  }

  /** Decides for each node except the result whether it gets a name. Operands come first. */
  private chooseNamed(): void {
    const { length, ops, starts, operands } = this.program;
    const widths = new Float64Array(length);
    const depths = new Int32Array(length);
    for (let node = 0; node < length; node++) {
      const op = ops[node];
      if (op < Op.Tuple) {
        widths[node] = this.leaf(node).length;
        // The parameters already have names.
        if (op > Op.C && this.called[node] === 1) this.named[node] = 1;
        continue;
      }
      let width = this.head(node).length + 3;
      let depth = 0;
      for (let k = starts[node]; k < starts[node + 1]; k++) {
        const operand = operands[k];
        width += 2 + (this.named[operand] === 1 ? 4 : widths[operand]);
        if (this.named[operand] === 0) depth = Math.max(depth, depths[operand]);
      }
      if (width > LONGEST_EXPRESSION) {
        for (let k = starts[node]; k < starts[node + 1]; k++) {
          const operand = operands[k];
          if (this.named[operand] === 1 || widths[operand] <= LONGEST_REPEATED) continue;
          this.named[operand] = 1;
          width -= widths[operand] - 4;
        }
      }
      widths[node] = width;
      depths[node] = depth + 1;
      const repeated = this.uses[node] > 1 && width > LONGEST_REPEATED;
      const named = repeated || this.called[node] === 1 || depths[node] >= DEEPEST_EXPRESSION;
      if (named) this.named[node] = 1;
    }
  }

  /** The text of a node, using the names of its operands but not its own name. */
  private expression(root: number): string {
    const { starts, operands } = this.program;
    if (this.program.ops[root] < Op.Tuple) return this.leaf(root);
    let text = '';
    const open: number[] = [root];
    const cursors: number[] = [starts[root]];
    while (open.length > 0) {
      const node = open[open.length - 1];
      const cursor = cursors[cursors.length - 1]++;
      const isApply = this.program.ops[node] === Op.Apply;
      const first = starts[node] + (isApply ? 1 : 0);
      if (cursor === starts[node])
        text += isApply ? `${this.short(operands[cursor])}(` : `${this.head(node)}(`;
      if (isApply && cursor === starts[node]) continue;
      if (cursor === starts[node + 1]) {
        const single = this.program.ops[node] === Op.Tuple && cursor - first === 1;
        text += single ? ',)' : ')';
        open.pop();
        cursors.pop();
        continue;
      }
      if (cursor > first) text += ', ';
      const operand = operands[cursor];
      if (this.names[operand] !== undefined || this.program.ops[operand] < Op.Tuple) {
        text += this.short(operand);
      } else {
        open.push(operand);
        cursors.push(starts[operand]);
      }
    }
    return text;
  }

  /** The text of a node that has a name or no operands. */
  private short(node: number): string {
    return this.names[node] ?? this.leaf(node);
  }

  /** The text before the parenthesis of a node with operands. */
  private head(node: number): string {
    return this.program.ops[node] === Op.Call ? this.language.primitive(this.program.data[node]).name : '';
  }

  private leaf(node: number): string {
    const { ops, data } = this.program;
    switch (ops[node]) {
      case Op.I:
        return 'I';
      case Op.S:
        return 'S';
      case Op.C:
        return 'C';
      case Op.None:
        return 'None';
      case Op.False:
        return 'False';
      case Op.True:
        return 'True';
      case Op.Integer:
        return String(data[node]);
      case Op.Primitive:
        return this.language.primitive(data[node]).name;
      default:
        throw new TypeError('a node with operands has no text of its own');
    }
  }

  private isTaken(name: string): boolean {
    return this.language.constants.has(name) || this.language.idOf(name) !== undefined;
  }
}
