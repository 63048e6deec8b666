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
  /** @throws ConfigError when there was any mistake */
  end(): void;
};

/** Their values are shown to nobody, not even as a mistake. */
const secrets = new Set([
  'DATABASE_URL',
  'REDIS_URL',
  'SMTP_URL',
  'SMS_URL',
  'SMS_TOKEN',
  'SERVER_KEY',
  'TURN_SECRET',
]);

/** Reads the environment one setting at a time; an empty one counts as not set. */
export function openSettings(env: Record<string, string | undefined>): Settings {
  const mistakes: ConfigMistake[] = [];
  const textOf = (key: string): string => env[key]?.trim() ?? '';
  const settings: Settings = {
    read(key, fallback, expected, parse) {
      const text = textOf(key);
      if (!text) return fallback;
      const value = parse(text);
      if (value !== undefined) return value;
      settings.mistake(key, secrets.has(key) ? 'something else' : JSON.stringify(text), expected);
      return fallback;
    },
    isSet: (key) => textOf(key) !== '',
    mistake: (key, found, expected) => void mistakes.push({ key, found, expected }),
    together(...keys) {
      const given = keys.find((key) => settings.isSet(key));
      for (const key of given === undefined ? [] : keys) {
        if (!settings.isSet(key)) settings.mistake(key, 'nothing', `a value, since ${given} is set`);
      }
    },
    end() {
      if (mistakes.length > 0) throw new ConfigError(mistakes);
    },
  };
  return settings;
}
