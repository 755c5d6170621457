/** In which order the functions of a file are read, so that what is called is known before its callers. */
import type { Definition, Mention, Module } from './module.js';
import type { NameTable } from './names.js';
import { shortened } from './quote.js';
import type { Report } from './report.js';
import { definitionFor } from './surroundings.js';

/** So many functions of a circle are named. */
const LONGEST_CIRCLE = 8;

/**
 * The deferred functions, each behind those that it calls. Reports circles, one for each function that closes one, and
 * notes which functions are called by others. Without recursion, however long chains of calls are.
 */
export function linked(
  deferred: readonly Definition[],
  module: Module,
  names: NameTable,
  report: Report,
): readonly Definition[] {
  const waiting = new Set(deferred);
  const ordered: Definition[] = [];
  const open = new Set<Definition>();
  for (const root of deferred) {
    if (!waiting.has(root)) continue;
    const path = [{ definition: root, next: 0 }];
    open.add(root);
    while (path.length > 0) {
      const top = path[path.length - 1];
      const { definition } = top;
      if (top.next === definition.mentions.length) {
        path.pop();
        open.delete(definition);
        waiting.delete(definition);
        ordered.push(definition);
        continue;
      }
      const mention = definition.mentions[top.next++];
      const called = calledBy(definition, mention, module);
      if (called === null) continue;
      if (called !== definition) called.isCalled = true;
      if (open.has(called)) {
        const circle = path.map((step) => step.definition);
        reportCircle(circle.slice(circle.indexOf(called)), mention, names, report);
      } else if (waiting.has(called)) {
        open.add(called);
        path.push({ definition: called, next: 0 });
      }
    }
  }
  return ordered;
}

function calledBy(definition: Definition, { name, called }: Mention, module: Module): Definition | null {
  if (!called) return null;
  const found = definition.nested.get(name) ?? definitionFor(definition, name, module);
  return found === null || 'owner' in found ? null : found;
}

function reportCircle(
  circle: readonly Definition[],
  mention: Mention,
  names: NameTable,
  report: Report,
): void {
  const texts = [...circle, circle[0]].map(({ name }) => shortened(names.text(name)));
  if (texts.length > LONGEST_CIRCLE) texts.splice(LONGEST_CIRCLE - 2, texts.length - LONGEST_CIRCLE, '...');
  const message = `${texts[0]} calls itself: ${texts.join(' -> ')}`;
  const hint =
    'the body of a function stands for its calls, so it cannot hold itself; power(function, n) repeats one';
  report.beginFunction();
  report.add('LANG027', mention.offset, message, hint);
}
