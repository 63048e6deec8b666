import { settingKeys } from '../../server/http/config.ts';
import { secretKeys } from '../../server/http/setting-keys.ts';

/** All keys that an environment may have: settings, the files of secrets, and where the settings file is. */
export function knownSettings(): Set<string> {
  return new Set([
    ...settingKeys().flatMap((key) => (secretKeys.has(key) ? [key, `${key}_FILE`] : [key])),
    'SETTINGS_FILE',
  ]);
}
