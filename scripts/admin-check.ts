import { readConfig } from '../server/http/config.ts';
import { ConfigError } from '../server/http/settings.ts';
import { checkAll, type CheckOptions } from '../server/self-check/check-all.ts';
import { finding, type Finding } from '../server/self-check/finding.ts';
import type { Outcome } from './admin-command.ts';
import { repositoryRoot } from './build.ts';

/** The settings first: with a mistake in them nothing else can be looked at. */
export async function checkEverything(
  env: Record<string, string | undefined>,
  options: CheckOptions = {},
): Promise<Outcome> {
  const findings: Finding[] = [];
  try {
    const warn = (line: string): void => void findings.push(finding('warning', 'settings', line));
    const config = readConfig(env, repositoryRoot, warn);
    if (findings.length === 0) findings.push(finding('ok', 'settings', 'all of them can be read'));
    findings.push(...(await checkAll(config, options)));
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    for (const { key, found, expected } of error.mistakes) {
      findings.push(finding('failed', 'settings', `${key}: found ${found}, expected ${expected}`));
    }
    findings.push(finding('skipped', 'everything else', 'mend the settings first (docs/settings.md)'));
  }
  const failed = findings.filter(({ status }) => status === 'failed').length;
  const warnings = findings.filter(({ status }) => status === 'warning').length;
  const lines = findings.map(({ status, about, text }) => `${status.padEnd(8)} ${about}: ${text}`);
  const sum = `${failed} failed, ${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`;
  return { output: `${[...lines, sum].join('\n')}\n`, isGood: failed === 0 };
}
