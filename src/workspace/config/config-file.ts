/** Reads a config file: settings by dotted name, each with its position, or the errors in them. */
import type { Diagnostic, DiagnosticCode } from '../../diagnostic.js';
import { closest } from '../../lang/suggest.js';
import { JsonFile } from '../../task/json-file.js';
import type { JsonNode, JsonPath } from '../../task/json-source.js';
import { describeValue, isRecord, type JsonRecord } from '../../task/json-value.js';
import {
  CONFIG_GROUPS,
  CONFIG_KEYS,
  type Kind,
  pathOf,
  type SettingName,
  type SettingValue,
} from './config-keys.js';

export interface ConfigFile {
  /** As shown to the user. */
  readonly name: string;
  /** The settings in the file. */
  readonly values: { readonly [Name in SettingName]?: SettingValue<Name> };
  /** The line and column of a setting's value, or of one item of a list. */
  locate(name: SettingName, item?: number): { readonly line: number; readonly column: number };
}

/** The key with which a file names its schema for editors; battbuild ignores its value. */
const SCHEMA_KEY = '$schema';

export type ParsedConfig =
  | { readonly config: ConfigFile; readonly diagnostics: null }
  | { readonly config: null; readonly diagnostics: readonly Diagnostic[] };

/** Parses a config. Reports all of its errors at once. */
export function parseConfig(name: string, bytes: Uint8Array): ParsedConfig {
  const json = JsonFile.parse(name, bytes, 'CONF002');
  if (!(json instanceof JsonFile)) return { config: null, diagnostics: [json] };
  const reader = new ConfigReader(json);
  const root = json.value;
  if (isRecord(root)) {
    reader.readObject(root, json.structure(), '');
  } else {
    reader.report('CONF002', [], `the config is ${describeValue(root)}, not an object`);
  }
  if (reader.diagnostics.length > 0) return { config: null, diagnostics: reader.diagnostics };
  const config: ConfigFile = {
    name,
    values: reader.values as ConfigFile['values'],
    locate: (setting, item) => json.position([...pathOf(setting), ...(item === undefined ? [] : [item])]),
  };
  return { config, diagnostics: null };
}

class ConfigReader {
  readonly values: Partial<Record<SettingName, unknown>> = {};
  readonly diagnostics: Diagnostic[] = [];

  constructor(private readonly json: JsonFile) {}

  /** Reads the config itself (`group` is empty) or one of its groups. */
  readObject(object: JsonRecord, node: JsonNode, group: string): void {
    if (typeof node !== 'number' && node.kind === 'object') {
      for (const { key, offset } of node.repeated) {
        this.report('CONF006', offset, `${quote(group, key)} is there twice`);
      }
    }
    for (const [key, value] of Object.entries(object)) {
      const name = group === '' ? key : `${group}.${key}`;
      if (isSetting(name) && pathOf(name).at(-1) === key) {
        this.readSetting(name, value);
      } else if (group === '' && Object.hasOwn(CONFIG_GROUPS, key)) {
        const below = typeof node !== 'number' && node.kind === 'object' ? node.entries.get(key) : undefined;
        if (isRecord(value) && below !== undefined) this.readObject(value, below.value, key);
        else this.report('CONF004', [key], `"${key}": expected an object, found ${describeValue(value)}`);
      } else if (name !== SCHEMA_KEY) {
        this.reportUnknown(group, key);
      }
    }
  }

  report(
    code: DiagnosticCode,
    place: JsonPath | number,
    message: string,
    hint: string | null = null,
    isShown = true,
  ): void {
    const { line, column: at } = this.json.position(place);
    const column = isShown ? at : null;
    this.diagnostics.push({ code, severity: 'error', file: this.json.name, line, column, message, hint });
  }

  private readSetting(name: SettingName, value: unknown): void {
    const { description } = CONFIG_KEYS[name];
    const kind: Kind<unknown> = CONFIG_KEYS[name].kind;
    const read = kind.read(value);
    if (read !== null) {
      this.values[name] = read;
      return;
    }
    const { printed = (text: string) => text } = kind;
    const found = typeof value === 'string' ? JSON.stringify(printed(value)) : describeValue(value);
    const message = `"${name}": expected ${kind.expected}, found ${found}`;
    // Without a column, nobody shows the line: it may hold a password.
    this.report('CONF004', pathOf(name), message, description, kind.printed === undefined);
  }

  private reportUnknown(group: string, key: string): void {
    const known = [...Object.keys(CONFIG_KEYS), ...Object.keys(CONFIG_GROUPS)];
    const name = group === '' ? key : `${group}.${key}`;
    // The key may be right, and only its group missing.
    const elsewhere = known.find((other) => other.endsWith(`.${key}`));
    const meant = elsewhere ?? closest(name, known);
    const hint = meant === null ? `known keys: ${known.join(', ')}` : `did you mean "${meant}"?`;
    this.report('CONF003', group === '' ? [key] : [group, key], `unknown key ${quote(group, key)}`, hint);
  }
}

function isSetting(name: string): name is SettingName {
  return Object.hasOwn(CONFIG_KEYS, name);
}

function quote(group: string, key: string): string {
  return JSON.stringify(group === '' ? key : `${group}.${key}`);
}
