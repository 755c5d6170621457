/** The config's ignore patterns, which exclude files and folders from the search for inputs. */

export interface IgnoreRules {
  /** Whether a file or folder is excluded, with everything in it; `name` is the displayed name (see NamedPath). */
  ignores(name: string): boolean;
}

export const NOTHING_IGNORED: IgnoreRules = { ignores: () => false };

/**
 * A pattern without `/` is a name anywhere; any other is a path relative to the workspace. `*` matches anything but
 * `/`, `**` matches anything.
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
