/** Programs in Python as people and language models write them: grid manipulations of 5 to 60 lines, made from a seed. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Random } from './random.js';

/** Functions from a grid to a grid; `N` stands for a colour, `K` for a small number. */
const STEPS = [
  'def NAME(grid):\n    return [row[::-1] for row in grid]\n',
  'def NAME(grid):\n    return [list(row) for row in zip(*grid)]\n',
  'def NAME(grid):\n    result = [row[:] for row in grid]\n    for i in range(len(grid)):\n        for j in range(len(grid[0])):\n            if grid[i][j] == N:\n                result[i][j] = (N + K) % 10\n    return result\n',
  'def NAME(grid):\n    counts = {}\n    for row in grid:\n        for cell in row:\n            counts[cell] = counts.get(cell, 0) + 1\n    common = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[0][0]\n    return [[N if cell == common else cell for cell in row] for row in grid]\n',
  'def NAME(grid):\n    height, width = len(grid), len(grid[0])\n    seen = [[False] * width for _ in range(height)]\n    result = [row[:] for row in grid]\n    for i in range(height):\n        for j in range(width):\n            if seen[i][j] or grid[i][j] == 0:\n                continue\n            stack, cells = [(i, j)], []\n            seen[i][j] = True\n            while stack:\n                a, b = stack.pop()\n                cells.append((a, b))\n                for da, db in ((1, 0), (-1, 0), (0, 1), (0, -1)):\n                    c, d = a + da, b + db\n                    if 0 <= c < height and 0 <= d < width and not seen[c][d] and grid[c][d] == grid[i][j]:\n                        seen[c][d] = True\n                        stack.append((c, d))\n            if len(cells) > K:\n                for a, b in cells:\n                    result[a][b] = N\n    return result\n',
  'def NAME(grid):\n    rows = [i for i, row in enumerate(grid) if any(row)]\n    cols = [j for j in range(len(grid[0])) if any(row[j] for row in grid)]\n    if not rows or not cols:\n        return grid\n    return [row[min(cols):max(cols) + 1] for row in grid[min(rows):max(rows) + 1]]\n',
  'def NAME(grid):\n    columns = []\n    for j in range(len(grid[0])):\n        column = [row[j] for row in grid]\n        filled = [cell for cell in column if cell != 0]\n        columns.append([0] * (len(column) - len(filled)) + filled)\n    return [list(row) for row in zip(*columns)]\n',
  'def NAME(grid):\n    result = [row[:] for row in grid]\n    height, width = len(grid), len(grid[0])\n    for i in range(height):\n        for j in range(width):\n            if grid[i][j] != 0:\n                continue\n            around = 0\n            for di in (-1, 0, 1):\n                for dj in (-1, 0, 1):\n                    a, b = i + di, j + dj\n                    if 0 <= a < height and 0 <= b < width and grid[a][b] != 0:\n                        around += 1\n            if around >= K:\n                result[i][j] = N\n    return result\n',
  'from collections import Counter\n\n\ndef NAME(grid):\n    rows = Counter(tuple(row) for row in grid)\n    keep = rows.most_common(K)\n    return [list(row) for row, _ in keep] or grid\n',
  'def NAME(grid):\n    half = len(grid) // 2\n    return [[max(a, b) for a, b in zip(grid[i], grid[len(grid) - 1 - i])] for i in range(half)] or grid\n',
];

export function pythonProgram(random: Random): string {
  // At most 60 lines.
  const count = 1 + Math.floor(random.next() * 2.2);
  const imports = new Set<string>();
  const parts: string[] = [];
  const names: string[] = [];
  for (let k = 0; k < count; k++) {
    const step = random.pick(STEPS);
    const name = `step_${random.below(1000)}_${k}`;
    names.push(name);
    const text = step
      .replace('NAME', name)
      .replaceAll(/\bN\b/g, String(1 + random.below(9)))
      .replaceAll(/\bK\b/g, String(1 + random.below(5)));
    const at = text.indexOf('def ');
    if (at > 0) imports.add(text.slice(0, at).trim());
    parts.push(text.slice(at));
  }
  const calls = names.map((name) => `    grid = ${name}(grid)`).join('\n');
  const head = imports.size === 0 ? '' : `${[...imports].join('\n')}\n\n\n`;
  return `${head}${parts.join('\n\n')}\n\ndef transform(grid):\n    """Solves the task in ${count} steps."""\n${calls}\n    return grid\n`;
}

/** A task with five samples and so many programs, and the script that people judge them with. */
export function makePythonWorkspace(folder: string, programs: number, random: Random): void {
  for (const name of ['tasks', 'python', 'config']) mkdirSync(join(folder, name), { recursive: true });
  const grid = () => {
    const [height, width] = [8 + random.below(13), 8 + random.below(13)];
    const row = () => Array.from({ length: width }, () => (random.chance(0.6) ? 0 : random.below(10)));
    return Array.from({ length: height }, row);
  };
  const sample = () => ({ input: grid(), output: grid() });
  const task = { train: Array.from({ length: 4 }, sample), test: [sample()] };
  writeFileSync(join(folder, 'tasks', 'task001.json'), JSON.stringify(task));
  writeFileSync(join(folder, 'config', 'battbuild.json'), '{ "python": "python" }\n');
  for (let k = 0; k < programs; k++) {
    writeFileSync(join(folder, 'python', `program-${String(k).padStart(4, '0')}.py`), pythonProgram(random));
  }
  writeFileSync(join(folder, 'judge.py'), JUDGE);
}

/** Judges one program on all samples, or on the one with this number. */
const JUDGE = `import json, runpy, sys
task = json.load(open("tasks/task001.json"))
samples = task["train"] + task["test"]
which = samples if len(sys.argv) < 3 else [samples[int(sys.argv[2])]]
transform = runpy.run_path(sys.argv[1])["transform"]
right = 0
for sample in which:
    try:
        right += transform([row[:] for row in sample["input"]]) == sample["output"]
    except Exception:
        pass
print(right)
`;
