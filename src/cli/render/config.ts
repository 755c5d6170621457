/** The settings of a workspace with their origins, for a person and for programs. */
import { closest } from '../../lang/suggest.js';
import { printable } from '../../text/printable.js';
import { CONFIG_KEYS, type SettingName, variableOf } from '../../workspace/config-keys.js';
import type { Origin, Workspace } from '../../workspace/workspace.js';
import { type TableCell, tableLines } from './columns.js';
import type { Style } from './style.js';

const NAMES = Object.keys(CONFIG_KEYS) as SettingName[];

/** Where the workspace is, and a row a setting. */
export function configLines(workspace: Workspace, style: Style): string[] {
  const { root, config, settings } = workspace;
  const head = ['key', 'value', 'from'].map((text): TableCell => ({ text, format: 'dim' }));
  const rows = NAMES.map((name): TableCell[] => {
    const { value, origin } = settings[name];
    const shown = Array.isArray(value) ? value.join(', ') : String(value);
    const from = printable(originText(origin));
    return [name, printable(shown), origin.kind === 'default' ? { text: from, format: 'dim' } : from];
  });
  const file = config === null ? 'without a config' : `with ${config.name}`;
  return [
    `${style.apply('bold', printable(root))} ${printable(file)}`,
    '',
    ...tableLines([head, ...rows], ['left', 'left', 'left'], style),
  ];
}

function originText(origin: Origin): string {
  switch (origin.kind) {
    case 'flag':
      return origin.flag;
    case 'environment':
      return origin.variable;
    case 'file':
      return `${origin.file}:${origin.line}`;
    case 'default':
      return 'default';
  }
}

/** `paths`, where the value is one or several paths, has them absolute. */
export function configObject(workspace: Workspace) {
  const { root, config, settings, tasks, solvers, differs, python, cache, out } = workspace;
  const paths: { readonly [Name in SettingName]?: readonly { readonly path: string }[] } = {
    ...{ tasks, solvers, differs, 'python.paths': python, cache: [cache], out: [out] },
  };
  const shown = NAMES.map((name) => {
    const { value, origin } = settings[name];
    const absolute = paths[name]?.map(({ path }) => path);
    return [name, { value, origin, ...(absolute === undefined ? {} : { paths: absolute }) }];
  });
  return { root, config: config?.name ?? null, settings: Object.fromEntries(shown) };
}

/** Variables that are no settings, and yet ours. */
const OTHERS: ReadonlySet<string> = new Set(['BATTBUILD_DEBUG', 'BATTBUILD_SHARED', 'BATTBUILD_MAIN']);

/** Variables that look as if they were settings, and the one that was probably meant. */
export function unknownVariables(
  env: Readonly<Record<string, string | undefined>>,
): { readonly variable: string; readonly meant: string | null }[] {
  const known = NAMES.map(variableOf);
  return Object.keys(env)
    .filter((name) => name.startsWith('BATTBUILD_') && !known.includes(name) && !OTHERS.has(name))
    .sort()
    .map((name) => ({ variable: printable(name), meant: closest(name, known) }));
}
