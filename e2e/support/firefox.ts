import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, firefox } from 'playwright-core';
import { findFirefox } from '../../scripts/firefox.ts';

/** Firefox's own camera (a moving picture) and microphone (a tone), given without a question, and nothing asked of outside. */
const preferences = {
  'media.navigator.streams.fake': true,
  'media.navigator.permission.disabled': true,
  'media.autoplay.default': 0,
  // Where there is no sound card, no AudioContext of Firefox would run.
  'media.cubeb.force_mock_context': true,
  'app.update.disabledForTesting': true,
  'browser.discovery.enabled': false,
  'browser.region.network.url': '',
  'browser.safebrowsing.update.enabled': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'dom.push.connection.enabled': false,
  'extensions.systemAddon.update.enabled': false,
  'media.gmp-manager.updateEnabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'network.prefetch-next': false,
  'services.settings.server': 'data:,#nowhere',
  'toolkit.telemetry.enabled': false,
};

/**
 * The Firefox that is installed, driven over WebDriver BiDi. Playwright's other way needs a Firefox of its own making, which
 * no clinic has.
 */
export async function launchFirefox(): Promise<Browser> {
  const path = findFirefox();
  if (!path) throw new Error('no Firefox: npm test installs it, or set FIREFOX_PATH');
  const folder = await mkdtemp(join(tmpdir(), 'sprechzimmer-firefox-'));
  const program = join(folder, 'firefox');
  const between = fileURLToPath(new URL('firefox-between.ts', import.meta.url));
  try {
    await writeFile(program, `#!/bin/sh\nexec "${process.execPath}" "${between}" "$@"\n`, { mode: 0o755 });
    return await firefox.launch({
      channel: 'moz-firefox',
      executablePath: program,
      env: { ...process.env, FIREFOX_PATH: path },
      firefoxUserPrefs: preferences,
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}
