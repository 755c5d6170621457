/**
 * Finds out which task all functions of a solver file belong to, by a look at the names in it. That takes a hundredth of
 * loading it.
 */
import type { TaskId } from '../../task/task.js';
import type { Assigner } from '../../workspace/discovery/assign.js';

export interface FileOfOneTask {
  readonly task: TaskId;
  /** Number of functions, nearly. */
  readonly functions: number;
}

/**
 * What may define a function: a `def`, wherever it stands, and a name that gets a value. Most of the latter are too short
 * for an id: they are passed over, unless Python may take their letters for others.
 */
function namesFrom(shortest: number): RegExp {
  const bound = `(?:\\w{${shortest},}|\\w*[\\x80-\\xff])[\\w\\x80-\\xff]*`;
  return new RegExp(`\\bdef[\\s\\\\]+([\\w\\x80-\\xff]+)|(?:^|[\\r;])[ \\t]*(${bound})[ \\t]*[:=]`, 'gm');
}

const NOT_ASCII = /[\x80-\xff]/;

/** Null if they may belong to several tasks, or to none. */
export function fileOfOneTask(file: string, content: Uint8Array, assigner: Assigner): FileOfOneTask | null {
  const task = assigner.taskOf(file);
  if (task === null) return null;
  const text = Buffer.from(content.buffer, content.byteOffset, content.length).toString('latin1');
  let functions = 0;
  for (const [, defined, bound] of text.matchAll(namesFrom(assigner.shortest))) {
    const name = defined ?? bound;
    if (defined !== undefined) functions++;
    // Python takes some letters for others.
    if (NOT_ASCII.test(name) || !assigner.leavesTo(task, name)) return null;
  }
  return { task, functions };
}
