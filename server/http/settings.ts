import { readSecretFile } from './secret-file.ts';
import { nearestKey, secretKeys } from './setting-keys.ts';
import { parseSettingsFile } from './settings-file.ts';

type ConfigMistake = { key: string; found: string; expected: string };

/** Names every mistake at once, so that the operator mends the settings in one go. */
export class ConfigError extends Error {
  readonly mistakes: ConfigMistake[];

  constructor(mistakes: ConfigMistake[]) {
    const lines = mistakes.map(({ key, found, expected }) => `${key}: found ${found}, expected ${expected}`);
    super(lines.join('\n'));
    this.name = 'ConfigError';
    this.mistakes = mistakes;
  }
}

export type Settings = {
  /** The parsed value; `fallback` when it is not set, and also when it is wrong, which counts as a mistake. */
  read: <T>(key: string, fallback: T, expected: string, parse: (text: string) => T | undefined) => T;
  isSet(key: string): boolean;
  mistake(key: string, found: string, expected: string): void;
  /** Each of them is a mistake unless all or none are set. */
  together(...keys: string[]): void;
  /** Every key that was asked for so far. */
  keys(): string[];
  /** @throws ConfigError when there was any mistake */
  end(): void;
};

type Environment = Record<string, string | undefined>;
/** The values of one source; the environment is one, the settings file another. */
type Layer = (key: string) => string;
/** What a key is set to, and the key under which the operator wrote that. */
type Found = { text: string; writtenAs: string };

/**
 * Reads the settings one at a time: from the environment, and what is not set there from the file that `SETTINGS_FILE`
 * names. An empty one counts as not set.
 * @param warn is told, in one line each, what is no mistake and not well either
 */
export function openSettings(env: Environment, warn: (line: string) => void = () => {}): Settings {
  const mistakes: ConfigMistake[] = [];
  const mistake: Settings['mistake'] = (key, found, expected) => void mistakes.push({ key, found, expected });
  const asked = new Set(['SETTINGS_FILE']);
  const file = readSettingsFile(env['SETTINGS_FILE']?.trim() ?? '', mistake, warn);
  const layers: Layer[] = [(key) => env[key]?.trim() ?? '', (key) => file.get(key)?.trim() ?? ''];
  const found = new Map<string, Found | undefined>();

  function find(key: string): Found | undefined {
    asked.add(key);
    if (!found.has(key)) found.set(key, findIn(layers, key, mistake, warn));
    return found.get(key);
  }
  const settings: Settings = {
    read(key, fallback, expected, parse) {
      const given = find(key);
      if (!given?.text) return fallback;
      const value = parse(given.text);
      if (value !== undefined) return value;
      const isFiled = given.writtenAs !== key;
      const shown = secretKeys.has(key) ? 'something else' : JSON.stringify(given.text);
      mistake(given.writtenAs, shown, isFiled ? `a file that holds ${expected}` : expected);
      return fallback;
    },
    isSet: (key) => find(key) !== undefined,
    mistake,
    together(...keys) {
      const given = keys.find((key) => settings.isSet(key));
      for (const key of given === undefined ? [] : keys) {
        const orFile = secretKeys.has(key) ? `, or ${key}_FILE,` : ',';
        if (!settings.isSet(key)) mistake(key, 'nothing', `a value${orFile} since ${given} is set`);
      }
    },
    keys: () => [...asked],
    end() {
      for (const key of file.keys()) refuseUnknown(key, asked, mistake);
      if (mistakes.length > 0) throw new ConfigError(mistakes);
    },
  };
  return settings;
}

function readSettingsFile(
  path: string,
  mistake: Settings['mistake'],
  warn: (line: string) => void,
): Map<string, string> {
  if (path === '') return new Map();
  const read = readSecretFile(path);
  if (!read.ok) {
    mistake('SETTINGS_FILE', read.found, 'a file of KEY=VALUE lines that this server may read');
    return new Map();
  }
  const { values, mistakes } = parseSettingsFile(read.text);
  for (const { found, expected } of mistakes) mistake('SETTINGS_FILE', found, expected);
  const hasSecret = [...values].some(([key, value]) => secretKeys.has(key) && value !== '');
  if (read.isOpenToAll && hasSecret) warn(`SETTINGS_FILE: ${openToAll(path)}`);
  return values;
}

/** Typed, or in a file of its own; the first layer that says anything about it counts. */
function findIn(
  layers: Layer[],
  key: string,
  mistake: Settings['mistake'],
  warn: (line: string) => void,
): Found | undefined {
  for (const layer of layers) {
    const text = layer(key);
    const path = secretKeys.has(key) ? layer(`${key}_FILE`) : '';
    const writtenAs = `${key}_FILE`;
    if (text !== '' && path !== '') mistake(writtenAs, 'a file', `nothing, since ${key} is set`);
    if (text !== '') return { text, writtenAs: key };
    if (path === '') continue;
    const read = readSecretFile(path);
    if (!read.ok)
      mistake(writtenAs, hidden(read.found, path), 'the name of a file that this server may read');
    else if (read.text.trim() === '') mistake(writtenAs, `${path}, which is empty`, 'the secret in it');
    else if (read.isOpenToAll) warn(`${writtenAs}: ${openToAll(path)}`);
    return { text: read.ok ? read.text.trim() : '', writtenAs };
  }
  return undefined;
}

/** Somebody may have written the secret itself where its file's name belongs. */
function hidden(found: string, path: string): string {
  return /^[./]/.test(path) ? found : found.replace(path, 'a name');
}

/** No mistake: a container's secrets are often mounted like this, and there is nobody else in it. */
function openToAll(path: string): string {
  return `every user of this machine may read the secret in ${path}. Take that away with: chmod 600 ${path}`;
}

function refuseUnknown(key: string, asked: Set<string>, mistake: Settings['mistake']): void {
  const known = [...asked].flatMap((one) => (secretKeys.has(one) ? [one, `${one}_FILE`] : [one]));
  if (key === 'SETTINGS_FILE') mistake(key, 'itself in the settings file', 'it in the environment only');
  else if (!known.includes(key)) {
    const nearest = nearestKey(key, known);
    const hint = nearest ? `: did you mean ${nearest}?` : ' (docs/settings.md lists them)';
    mistake(key, 'it in the settings file', `a setting that there is${hint}`);
  }
}
