/** The lines of a function in a file. */
import { expect, it } from 'vitest';
import { functionAt } from '../../../src/report/task/solver-sources.js';

const FILE = `import dsl

def one(I):
    x = f(I)

    # a note
    return x
# of the next
def two(
    I,
):
    return I


class Solver:
    def three(self, I):
        return (
I)

    def four(I): return I
solve = lambda I: I`.split('\n');

it.each([
  [3, 'def one(I):\n    x = f(I)\n\n    # a note\n    return x'],
  [9, 'def two(\n    I,\n):\n    return I'],
  [16, 'def three(self, I):\n    return (\nI)'],
  [20, 'def four(I): return I'],
  [21, 'solve = lambda I: I'],
])('from line %i on are those of the function', (line, text) => {
  expect(functionAt(FILE, line - 1)).toBe(text);
});
