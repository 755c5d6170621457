/** What the config leaves out of the search for inputs: names of files and folders, or paths from the workspace. */

export interface IgnoreRules {
  /** Whether a file or folder is no input, nor what is in it; `name` is how it is shown (see NamedPath). */
  ignores(name: string): boolean;
}

export const NOTHING_IGNORED: IgnoreRules = { ignores: () => false };

/**
 * A pattern without `/` is a name, wherever it is; any other is a path from the workspace. `*` stands for anything but
 * `/`, and `**` for anything.
 */
export function ignoreRules(patterns: readonly string[]): IgnoreRules {
  if (patterns.length === 0) return NOTHING_IGNORED;
  const names: RegExp[] = [];
  const paths: RegExp[] = [];
  for (const pattern of patterns) {
    const text = pattern.replace(/^(\.?\/)+/, '').replace(/\/+$/, '');
    (text.includes('/') ? paths : names).push(expressionOf(text));
  }
  return {
    ignores(name) {
      const base = name.slice(name.lastIndexOf('/') + 1);
      return names.some((one) => one.test(base)) || paths.some((one) => one.test(name));
    },
  };
}

function expressionOf(pattern: string): RegExp {
  const source = pattern
    .split(/(\*+)/)
    .map((part) => {
      if (!part.startsWith('*')) return part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
      return part.length > 1 ? '.*' : '[^/]*';
    })
    .join('');
  return new RegExp(`^${source}$`, 'su');
}
