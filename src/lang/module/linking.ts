/** Orders the functions of a file so that each is read after the functions that it calls. */

import type { DiagnosticCollector } from '../syntax/diagnostic-collector.js';
import type { NameTable } from '../syntax/names.js';
import { shortened } from '../syntax/quote.js';
import type { Definition, Module } from './module.js';
import { definitionFor } from './surroundings.js';

/** At most this many functions of a cycle are named. */
const LONGEST_CIRCLE = 8;

/**
 * The deferred functions, each after those that it calls. Reports each function that closes a cycle of calls, and
 * records which functions others call. Iterative, because chains of calls may be long.
 */
export function linked(
  deferred: readonly Definition[],
  module: Module,
  names: NameTable,
  report: DiagnosticCollector,
): readonly Definition[] {
  const waiting = new Set(deferred);
  const ordered: Definition[] = [];
  const open = new Set<Definition>();
  for (const root of deferred) {
    if (!waiting.has(root)) continue;
    const path = [{ definition: root, needs: needsOf(root, module) }];
    open.add(root);
    while (path.length > 0) {
      const { definition, needs } = path[path.length - 1];
      const { value: need, done } = needs.next();
      if (done === true) {
        path.pop();
        open.delete(definition);
        waiting.delete(definition);
        ordered.push(definition);
      } else if (open.has(need.needed)) {
        const circle = path.map((step) => step.definition);
        reportCircle(circle.slice(circle.indexOf(need.needed)), need.offset, names, report);
      } else if (waiting.has(need.needed)) {
        open.add(need.needed);
        path.push({ definition: need.needed, needs: needsOf(need.needed, module) });
      }
    }
  }
  return ordered;
}

interface Need {
  readonly needed: Definition;
  /** Position of the report. */
  readonly offset: number;
}

/** What a function calls, and the functions nested in it: an error in one of them is an error of the function. */
function* needsOf(definition: Definition, module: Module): Generator<Need, void> {
  for (const { name, offset, called } of definition.mentions) {
    const found = definition.nested?.get(name) ?? definitionFor(definition, name, module);
    if (found === null || 'owner' in found) continue;
    if (found !== definition) found.isCalled = true;
    if (called) yield { needed: found, offset };
  }
  for (const nested of definition.nested?.values() ?? []) yield { needed: nested, offset: nested.offset };
}

function reportCircle(
  circle: readonly Definition[],
  offset: number,
  names: NameTable,
  report: DiagnosticCollector,
): void {
  const texts = [...circle, circle[0]].map(({ name }) => shortened(names.text(name)));
  if (texts.length > LONGEST_CIRCLE)
    texts.splice(LONGEST_CIRCLE - 2, texts.length - LONGEST_CIRCLE + 1, '...');
  const message = `${texts[0]} calls itself: ${texts.join(' -> ')}`;
  const hint =
    'the body of a function stands for its calls, so it cannot hold itself; power(function, n) repeats one';
  report.beginFunction();
  report.add('LANG027', offset, message, hint);
}
