/** Opens a workspace: determines its settings and their origins, and checks that the paths it names exist. */
import { basename, dirname, join, resolve } from 'node:path';
import type { Diagnostic, DiagnosticCode } from '../diagnostic.js';
import { type ConfigFile, parseConfig } from './config/config-file.js';
import {
  CONFIG_KEYS,
  type ConfigKey,
  FLAG_OF,
  type SettingName,
  type SettingValue,
  variableOf,
} from './config/config-keys.js';
import { ServerAddress } from './config/server-address.js';
import { type InputRoot, notSearchedIn } from './discovery/discover.js';
import { type Wheels, wheelsIn } from './discovery/wheels.js';
import { FileProblem, type FileSystem } from './file-system.js';
import { type NamedPath, namePath } from './paths.js';

/** Command-line options as typed; paths are relative to the current folder. */
export interface WorkspaceFlags {
  readonly config?: string | undefined;
  readonly tasks?: readonly string[] | undefined;
  readonly solvers?: readonly string[] | undefined;
  readonly differs?: readonly string[] | undefined;
  readonly python?: readonly string[] | undefined;
  readonly cache?: string | undefined;
  /** The address of the shared cache. */
  readonly remoteCache?: string | undefined;
  readonly out?: string | undefined;
  readonly jobs?: string | undefined;
  /** Units of cost. */
  readonly budget?: string | undefined;
  /** Seconds. */
  readonly timeout?: string | undefined;
  /** `true` or `false`. */
  readonly poll?: string | undefined;
  /** A URL. */
  readonly queue?: string | undefined;
  /** Percent. */
  readonly verifyRemote?: string | undefined;
}

type Flag = Exclude<keyof WorkspaceFlags, 'config'>;

/**
 * The origin of a setting's value. An option takes precedence over the environment, the environment over the config,
 * and the config over the default.
 */
export type Origin =
  | { readonly kind: 'flag'; readonly flag: string }
  | { readonly kind: 'environment'; readonly variable: string }
  | { readonly kind: 'file'; readonly file: string; readonly line: number }
  | { readonly kind: 'default' };

export interface Setting<Value> {
  readonly value: Value;
  readonly origin: Origin;
}

export type Settings = { readonly [Name in SettingName]: Setting<SettingValue<Name>> };

export interface Workspace {
  /** The absolute path of the folder that config paths are relative to. */
  readonly root: string;
  /** Null if there is no config. */
  readonly config: NamedPath | null;
  readonly settings: Settings;
  readonly tasks: readonly InputRoot[];
  readonly solvers: readonly InputRoot[];
  readonly differs: readonly InputRoot[];
  /** The folders and files of programs in Python. */
  readonly python: readonly InputRoot[];
  /** Where packages for them are, and those that there were when the workspace was opened. */
  readonly packages: readonly InputRoot[];
  readonly wheels: Wheels;
  /** The ignore patterns. */
  readonly ignored: readonly string[];
  /** May not exist yet; the same holds for `out`. */
  readonly cache: NamedPath;
  readonly out: NamedPath;
  /** The shared cache with its credentials, which are in no setting; null if none is configured. */
  readonly remote: ServerAddress | null;
  /** Whether the default of `jobs` leaves a core to the main thread. */
  readonly leavesCore: boolean;
}

export type OpenedWorkspace =
  | { readonly workspace: Workspace; readonly diagnostics: null }
  /** Why it cannot be opened: errors of usage or of the config. */
  | { readonly workspace: null; readonly diagnostics: readonly Diagnostic[] };

export interface WorkspaceRequest {
  /** The current folder, absolute. */
  readonly folder: string;
  readonly flags: WorkspaceFlags;
  /** The environment; if absent, no variable gives a setting. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The number of cores: the default of `jobs`. */
  readonly cores: number;
}

/** The variable that gives a bearer token for the shared cache. */
export const TOKEN_VARIABLE = 'BATTBUILD_CACHE_REMOTE_TOKEN';

/** The usual path of a config in its workspace. */
const CONFIG_PATH = join('config', 'battbuild.json');

/**
 * Opens the workspace that the options select: that of `--config`; else the nearest folder, from the current one
 * upwards, that contains `config/battbuild.json`; else the current folder, without a config. The workspace of a
 * `--config` file is the folder around its `config` folder; for a file elsewhere, the file's own folder.
 */
export function openWorkspace(request: WorkspaceRequest, fileSystem: FileSystem): OpenedWorkspace {
  const given = request.flags.config;
  const path = given === undefined ? findConfig(request.folder, fileSystem) : resolve(request.folder, given);
  if (path === null) return new Opening(request, request.folder, null, null, fileSystem).open();
  const folder = dirname(path);
  const root = basename(folder) === 'config' ? dirname(folder) : folder;
  const config = namePath(root, request.folder, given ?? path);
  const bytes = fileSystem.read(path);
  if (bytes instanceof FileProblem) {
    const message = `the config cannot be read: ${bytes.describe()}`;
    const place = { file: given ?? config.name, line: null, column: null };
    const problem: Diagnostic = { code: 'CONF001', severity: 'error', ...place, message, hint: null };
    return { workspace: null, diagnostics: [problem] };
  }
  const parsed = parseConfig(config.name, bytes);
  if (parsed.config === null) return { workspace: null, diagnostics: parsed.diagnostics };
  return new Opening(request, root, config, parsed.config, fileSystem).open();
}

/** `--verify-remote` for `verifyRemote`. */
function optionOf(flag: Flag): string {
  return `--${flag.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function findConfig(folder: string, fileSystem: FileSystem): string | null {
  for (let at = folder; ; at = dirname(at)) {
    const path = join(at, CONFIG_PATH);
    if (!(fileSystem.stat(path) instanceof FileProblem)) return path;
    if (dirname(at) === at) return null;
  }
}

class Opening {
  private readonly diagnostics: Diagnostic[] = [];

  constructor(
    private readonly request: WorkspaceRequest,
    private readonly root: string,
    private readonly config: NamedPath | null,
    private readonly file: ConfigFile | null,
    private readonly fileSystem: FileSystem,
  ) {}

  open(): OpenedWorkspace {
    const names = Object.keys(CONFIG_KEYS) as SettingName[];
    const given = Object.fromEntries(names.map((name) => [name, this.setting(name)])) as unknown as Settings;
    const { value: address } = given['cache.remote'];
    const token = this.request.env?.[TOKEN_VARIABLE] || null;
    const remote = address === '' ? null : ServerAddress.parse(address, token);
    const settings = { ...given, 'cache.remote': { ...given['cache.remote'], value: remote?.url ?? '' } };
    const tasks = this.inputRoots('tasks', settings);
    const solvers = this.inputRoots('solvers', settings);
    const differs = this.inputRoots('differs', settings);
    const python = this.inputRoots('python', settings);
    const packages = this.inputRoots('python.packages', settings);
    const cache = this.outputFolder('cache', settings);
    const out = this.outputFolder('out', settings);
    this.keepApart('cache', cache, 'out', out, settings);
    for (const root of python) this.keepPythonApart(root, { solvers, differs }, settings);
    const inputRoots = { tasks, solvers, differs, python, 'python.packages': packages };
    for (const [name, roots] of Object.entries(inputRoots)) {
      for (const root of roots) {
        this.keepApart('out', out, name, root, settings);
        this.keepApart('cache', cache, name, root, settings);
      }
    }
    if (this.diagnostics.length > 0) return { workspace: null, diagnostics: this.diagnostics };
    const { root, config } = this;
    const ignored = settings.ignore.value;
    const excluded = () => notSearchedIn({ out, cache, ignored });
    const wheels = wheelsIn(packages, excluded, this.fileSystem);
    const inputs = { tasks, solvers, differs, python, packages, wheels, ignored };
    const { jobs } = settings;
    const leavesCore = jobs.origin.kind === 'default' && jobs.value < this.request.cores;
    const workspace = { root, config, settings, ...inputs, cache, out, remote, leavesCore };
    return { workspace, diagnostics: null };
  }

  private setting<Name extends SettingName>(name: Name): Setting<SettingValue<Name>> {
    const flag = (FLAG_OF as { readonly [Key in SettingName]?: Flag })[name];
    const variable = variableOf(name);
    // By convention, an empty variable counts as not set.
    const inEnvironment = this.request.env?.[variable] || undefined;
    return (
      (flag && this.typed(name, this.request.flags[flag], { kind: 'flag', flag: optionOf(flag) })) ??
      this.typed(name, inEnvironment, { kind: 'environment', variable }) ??
      this.ofFile(name) ?? {
        // Only `jobs` has no default in the table.
        value: (CONFIG_KEYS[name].fallback ?? jobsOn(this.request.cores)) as SettingValue<Name>,
        origin: { kind: 'default' },
      }
    );
  }

  /** A setting from a text; null if it was not given, or if its type is wrong, which is reported. */
  private typed<Name extends SettingName>(
    name: Name,
    text: string | readonly string[] | undefined,
    origin: Origin,
  ): Setting<SettingValue<Name>> | null {
    if (text === undefined) return null;
    const { kind } = CONFIG_KEYS[name] as unknown as ConfigKey<SettingValue<Name>>;
    const value = typeof text === 'string' ? kind.readText(text) : kind.read(text);
    if (value !== null) return { value, origin };
    const { printed = (given: string) => given } = kind;
    const found = JSON.stringify(printed(typeof text === 'string' ? text : text.join(' ')));
    this.report('CONF004', origin, `expected ${kind.expected}, found ${found}`);
    return null;
  }

  private ofFile<Name extends SettingName>(name: Name): Setting<SettingValue<Name>> | null {
    const { file } = this;
    const value = file?.values[name] as SettingValue<Name> | undefined;
    if (file === null || value === undefined) return null;
    return { value, origin: { kind: 'file', file: file.name, line: file.locate(name).line } };
  }

  private inputRoots(
    name: 'tasks' | 'solvers' | 'differs' | 'python' | 'python.packages',
    settings: Settings,
  ): InputRoot[] {
    const { value, origin } = settings[name];
    return value.map((text, item) => {
      const root = { ...this.named(text, origin), explicit: origin.kind !== 'default' };
      const stat = this.fileSystem.stat(root.path);
      if (!root.explicit) return root;
      if (stat instanceof FileProblem) this.reportPath(name, origin, text, stat.describe(), item);
      else if (stat.kind === 'other')
        this.reportPath(name, origin, text, 'it is neither a file nor a folder', item);
      return root;
    });
  }

  private outputFolder(name: 'cache' | 'out', settings: Settings): NamedPath {
    const { value, origin } = settings[name];
    const folder = this.named(value, origin);
    const stat = this.fileSystem.stat(folder.path);
    if (stat instanceof FileProblem ? !stat.absent || stat.code === 'ENOTDIR' : stat.kind !== 'folder') {
      const why = stat instanceof FileProblem ? stat.describe() : 'it is not a folder';
      this.reportPath(name, origin, value, why);
    }
    return folder;
  }

  private named(text: string, origin: Origin): NamedPath {
    const isTyped = origin.kind === 'flag' || origin.kind === 'environment';
    return namePath(this.root, isTyped ? this.request.folder : this.root, text);
  }

  /** A file is Python or in the language of solvers, never both. */
  private keepPythonApart(
    root: InputRoot,
    others: Readonly<Record<string, readonly InputRoot[]>>,
    settings: Settings,
  ): void {
    for (const [name, roots] of Object.entries(others)) {
      if (!roots.some(({ path, explicit }) => path === root.path && explicit)) continue;
      const { value, origin } = settings['python'];
      const text = value.find((one) => this.named(one, origin).path === root.path) ?? root.name;
      this.reportPath('python', origin, text, `it is "${name}" as well, and a file is one or the other`);
    }
  }

  private keepApart(
    name: 'cache' | 'out',
    folder: NamedPath,
    otherName: string,
    other: NamedPath,
    settings: Settings,
  ): void {
    if (folder.path !== other.path) return;
    const { value, origin } = settings[name];
    this.reportPath(name, origin, value, `it is "${otherName}" as well, and these must be apart`);
  }

  private reportPath(name: SettingName, origin: Origin, text: string, why: string, item?: number): void {
    const message = `${JSON.stringify(text)} cannot be used: ${why}`;
    if (origin.kind === 'flag' || origin.kind === 'environment') {
      const whose = origin.kind === 'flag' ? 'options' : 'environment variables';
      this.report('CONF005', origin, message, `paths of ${whose} are relative to the current folder`);
      return;
    }
    const hint = `paths in the config are relative to the workspace, ${this.root}`;
    const isList = item !== undefined && Array.isArray(this.file?.values[name]);
    const column = this.file?.locate(name, isList ? item : undefined) ?? null;
    this.report('CONF005', origin, `"${name}": ${message}`, hint, column);
  }

  private report(
    code: DiagnosticCode,
    origin: Origin,
    message: string,
    hint: string | null = null,
    position: { readonly line: number; readonly column: number } | null = null,
  ): void {
    const file =
      origin.kind === 'flag'
        ? origin.flag
        : origin.kind === 'environment'
          ? origin.variable
          : (this.config?.name ?? '.');
    const { line, column } = position ?? { line: null, column: null };
    this.diagnostics.push({ code, severity: 'error', file, line, column, message, hint });
  }
}

/** The default maximum of workers: the main thread and V8's helper threads keep one core busy. */
function jobsOn(cores: number): number {
  return Math.max(1, cores - 1);
}
