/** A message about an input that battbuild cannot use: a value with a stable code, never an exception. */

/** Worst first. */
export const SEVERITIES = ['error', 'warning', 'note'] as const;

export type Severity = (typeof SEVERITIES)[number];

export interface Diagnostic {
  readonly code: DiagnosticCode;
  /**
   * An error: an input could not be built (exit code 1, or 2 for the config). A warning: something is probably not as
   * intended. A note: something is unusual.
   */
  readonly severity: Severity;
  /** As shown to the user; see `displayName` in workspace/paths.ts. */
  readonly file: string;
  /** From 1; null for the file as a whole. */
  readonly line: number | null;
  /** From 1; null for the line as a whole. */
  readonly column: number | null;
  readonly message: string;
  /** What to do about it; null if there is no advice. */
  readonly hint: string | null;
}

/** Every code with a sentence that explains it. The meaning of a code never changes. */
export const DIAGNOSTIC_CODES = {
  LANG001: 'A solver file is not UTF-8.',
  LANG002: 'A character has no place in a solver file.',
  LANG003: 'A line is indented in a way that does not fit the lines around it.',
  LANG004: 'A parenthesis is not closed, or closes nothing.',
  LANG005: 'Something else was expected in this place.',
  LANG006: 'A construct is outside the language.',
  LANG007: 'A statement at the top level is neither an import, a constant nor a function.',
  LANG008: 'A function that nothing calls has other parameters than (I) or (S, I, C) (a warning).',
  LANG009: 'Two functions of a file have the same name; the first stands.',
  LANG010: 'A function does not return anything.',
  LANG011: 'A statement follows the return of its function.',
  LANG012: 'A name is neither a variable, a parameter, a function of the file, a constant nor a primitive.',
  LANG013: 'A local variable is used before it is assigned.',
  LANG014: 'A function of the file is used without calling it.',
  LANG015: 'A primitive or function is called with the wrong number of arguments.',
  LANG016: 'A keyword names no parameter of what is called.',
  LANG017: 'A parameter is given, or named, more than once.',
  LANG018: 'A parameter is not given.',
  LANG019: 'A keyword argument is passed to a value, whose parameters have no names.',
  LANG020: 'A positional argument follows a keyword argument.',
  LANG021: 'What is called is neither a name nor a call that can give a function.',
  LANG022: 'An integer is beyond 2^53 - 1 in magnitude.',
  LANG023: 'There are more diagnostics than are shown.',
  LANG024: 'A string does not end.',
  LANG025: 'A constant or primitive is used, and its name assigned later in the function (a warning).',
  LANG026: 'A statement at the top level of the file is ignored (a warning).',
  LANG027: 'A function calls itself, directly or through others.',
  LANG028: 'With the functions that it calls, a function is too large.',
  LANG029: 'A file holds something that is no program: Markdown, or a merge conflict.',
  LANG030: 'A file names a dialect that there is not, or uses names of two.',
  LANG031: 'A solver is written as (S, I, C), but no name of its file tells the dialect (a note).',
  TASK001: 'A task file is not JSON, or not UTF-8.',
  TASK002: 'A task or a sample lacks a key that it needs.',
  TASK003: 'A value in a task file has the wrong type.',
  TASK004: 'A grid has rows of different lengths.',
  TASK005: 'A grid has no rows, or rows without cells.',
  TASK006: 'A grid has more than 30 rows or columns (a note).',
  TASK007: 'A cell of a grid is not an integer from 0 to 9.',
  TASK008: 'A JSON object holds one key twice.',
  TASK009: 'A task has no demo samples, or no test samples.',
  TASK010: 'A task id is empty, or no text that can be written.',
  TASK011: 'Two tasks with different samples have the same id.',
  TASK012: 'A solutions file does not fit its challenges file.',
  TASK013: 'The name of a solver is close to that of a task, which it does not name (a warning).',
  TASK014: 'A file holds more than 20,000 candidates, since its functions name no task (a warning).',
  TASK015: 'A grid has more than 256 rows or columns.',
  CONF001: 'The config file cannot be read.',
  CONF002: 'The config file is not a JSON object, or not UTF-8.',
  CONF003: 'The config has a key that is not known.',
  CONF004: 'A setting has a value of the wrong type or outside its range.',
  CONF005: 'A path that was named does not exist, or cannot be used for its purpose.',
  CONF006: 'The config says one key twice.',
  PY001: 'A file of Python has a syntax error, or is no text.',
  PY002: 'A file of Python has no function that is called with a grid.',
  PY003: 'A file of Python needs a package that is not offered.',
  PY004: 'A file of Python reads input when it is loaded.',
  PY005: 'A file of Python could not be loaded: the interpreter did not start, or broke.',
  FILE001: 'An input file or folder cannot be read.',
  FILE002: 'A folder that was named holds no input files.',
  FILE003: 'An input file changed while it was being built.',
  OUT001: 'Something that battbuild did not write stands where a published file belongs; it is left alone.',
  OUT002: 'A published file cannot be written or removed.',
  OUT004: 'Links are not supported here; published files were copied instead (a warning).',
  DIFF001: 'A differ gave no score for some comparisons; they count as 0 (a warning).',
  STORE001: 'The store could not be used as it was; it was set aside and begun anew (a warning).',
  STORE002: 'The store cannot be written; the build is not remembered.',
  STORE003: 'The store could no longer be written in the middle of a build.',
  STORE004:
    'The store turned out to be damaged in the middle of a build; it is set aside at its end (a warning).',
  STORE005: 'The store can only be read; the build is not remembered (a warning).',
  CACHE001: 'The shared cache failed; what it did not give was run here (a warning).',
  QUEUE001: 'The queue cannot be reached, or was lost; everything is evaluated here (a warning).',
  QUEUE002: 'The queue has workers, but none of this version of battbuild (a warning).',
  QUEUE003: 'A worker of the queue gave another answer than this machine (a warning).',
  QUEUE004: 'No worker of the queue takes programs in Python; they run here (a note).',
} as const;

export type DiagnosticCode = keyof typeof DIAGNOSTIC_CODES;
