/** The settings of a workspace with their origins, as text and as JSON. */
import { closest } from '../../lang/suggest.js';
import { printable } from '../../text/printable.js';
import { CONFIG_KEYS, type Kind, type SettingName, variableOf } from '../../workspace/config/config-keys.js';
import { type Origin, TOKEN_VARIABLE, type Workspace } from '../../workspace/workspace.js';
import { type TableCell, tableLines } from './columns.js';
import type { Style } from './style.js';

const NAMES = Object.keys(CONFIG_KEYS) as SettingName[];

/** The folder of the workspace, and a row for each setting. */
export function configLines(workspace: Workspace, style: Style): string[] {
  const { root, config, settings } = workspace;
  const head = ['key', 'value', 'from'].map((text): TableCell => ({ text, format: 'dim' }));
  const rows = NAMES.map((name): TableCell[] => {
    const { origin } = settings[name];
    const value = shownValue(workspace, name);
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

/** The user and the password of a URL are never shown. */
function shownValue({ settings }: Workspace, name: SettingName) {
  const { value } = settings[name];
  const { printed }: Kind<unknown> = CONFIG_KEYS[name].kind;
  return typeof value === 'string' && printed !== undefined ? printed(value) : value;
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

/** `paths`: for a value that is a path or several, the absolute paths. */
export function configObject(workspace: Workspace) {
  const { root, config, settings, cache, out } = workspace;
  const { tasks, solvers, differs, python, packages } = workspace;
  const paths: { readonly [Name in SettingName]?: readonly { readonly path: string }[] } = {
    ...{ tasks, solvers, differs, python, 'python.packages': packages, cache: [cache], out: [out] },
  };
  const shown = NAMES.map((name) => {
    const { origin } = settings[name];
    const value = shownValue(workspace, name);
    const absolute = paths[name]?.map(({ path }) => path);
    return [name, { value, origin, ...(absolute === undefined ? {} : { paths: absolute }) }];
  });
  return { root, config: config?.name ?? null, settings: Object.fromEntries(shown) };
}

/** Variables of battbuild that are no settings. */
const OTHERS: ReadonlySet<string> = new Set([
  'BATTBUILD_DEBUG',
  'BATTBUILD_SHARED',
  'BATTBUILD_MAIN',
  TOKEN_VARIABLE,
]);

/** Environment variables that look like settings of battbuild and are none, with the one that was probably meant. */
export function unknownVariables(
  env: Readonly<Record<string, string | undefined>>,
): { readonly variable: string; readonly meant: string | null }[] {
  const known = NAMES.map(variableOf);
  return Object.keys(env)
    .filter((name) => name.startsWith('BATTBUILD_') && !known.includes(name) && !OTHERS.has(name))
    .sort()
    .map((name) => ({ variable: printable(name), meant: closest(name, known) }));
}
