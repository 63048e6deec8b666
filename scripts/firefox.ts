import { findInstalled, isProgram } from './installed-program.ts';

/** The extended support release first: it is what clinics have, and what Debian has. */
const names = ['firefox-esr', 'firefox'];
const macApps = ['/Applications/Firefox.app/Contents/MacOS/firefox'];

/**
 * The other browser that the tests drive: FIREFOX_PATH, or one that is installed.
 * @returns undefined when there is none
 */
export function findFirefox(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const chosen = env['FIREFOX_PATH'];
  if (chosen) return isProgram(chosen) ? chosen : undefined;
  return findInstalled(names, macApps, env);
}
