/** What a settings file says, and what is wrong with it by line; a mistake shows no value, which may be a secret. */
export type SettingsFile = { values: Map<string, string>; mistakes: { found: string; expected: string }[] };

const shape = 'KEY=VALUE, or a comment that begins with #';

/**
 * Reads lines of KEY=VALUE, as far as `node --env-file`, systemd's EnvironmentFile and compose's env_file all read them
 * alike; what they would not is a mistake. An empty value counts as not set.
 */
export function parseSettingsFile(text: string): SettingsFile {
  const values = new Map<string, string>();
  const mistakes: SettingsFile['mistakes'] = [];
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    const trimmed = line.trim();
    if (trimmed === '' || trimmed.startsWith('#')) continue;
    const [, key, raw] = /^([A-Za-z_][A-Za-z0-9_]*)=(.*)$/.exec(trimmed) ?? [];
    const place = `line ${index + 1}`;
    if (key === undefined || raw === undefined) {
      mistakes.push({ found: `${place}, which cannot be read`, expected: shape });
      continue;
    }
    if (values.has(key)) mistakes.push({ found: `${key} again in ${place}`, expected: 'each key once' });
    const value = parseValue(raw);
    if (value !== undefined) {
      values.set(key, value);
      continue;
    }
    // Known all the same, so that it does not count as missing.
    values.set(key, '');
    mistakes.push({
      found: `a value of ${key} in ${place} that programs read differently`,
      expected: 'it in single quotes, without a single quote in it',
    });
  }
  return { values, mistakes };
}

/** Quoted, or without anything that one of the programs takes for a quote, an escape, a variable or a comment. */
function parseValue(raw: string): string | undefined {
  const quoted = /^'([^']*)'$/.exec(raw) ?? /^"([^"\\$`]*)"$/.exec(raw);
  if (quoted) return quoted[1];
  return /["'`\\$]|(^|\s)#/.test(raw) ? undefined : raw.trim();
}
