import { findChromium } from './chromium.ts';
import { installDebianPackages } from './debian-packages.ts';
import { findFirefox } from './firefox.ts';
import { findInstalled } from './installed-program.ts';

/** The programs that the tests use beside Node, by the Debian package that has them. */
const tools = {
  chromium: { what: 'Chromium or Google Chrome (or CHROMIUM_PATH)', isThere: () => !!findChromium() },
  'firefox-esr': { what: 'Firefox (or FIREFOX_PATH)', isThere: () => !!findFirefox() },
  coturn: { what: 'coturn, the relay', isThere: () => has('turnserver') },
  'redis-server': {
    what: 'Redis or Valkey',
    isThere: () => findInstalled(['redis-server', 'valkey-server']) !== undefined,
  },
  'poppler-utils': { what: 'pdftoppm and pdftotext', isThere: () => has('pdftoppm') && has('pdftotext') },
  iproute2: { what: 'ip and tc', isThere: () => has('ip') && has('tc') },
  nftables: { what: 'nft', isThere: () => has('nft') },
  caddy: { what: 'Caddy, the proxy', isThere: () => has('caddy') },
  systemd: { what: 'systemd-analyze', isThere: () => has('systemd-analyze') },
};
export type TestTool = keyof typeof tools;
export const testTools = Object.keys(tools) as TestTool[];

/**
 * Sees to it that these programs are there: installs Debian's packages, all in one go, where we may.
 * @throws Error that says what to install
 */
export function ensureTestTools(needed: readonly TestTool[] = testTools): void {
  for (const [name, variable] of Object.entries({
    chromium: 'CHROMIUM_PATH',
    'firefox-esr': 'FIREFOX_PATH',
  })) {
    const chosen = process.env[variable];
    if (chosen && needed.includes(name as TestTool) && !tools[name as TestTool].isThere())
      throw new Error(`${variable} names no program: ${chosen}`);
  }
  const missing = missingOf(needed);
  if (missing.length === 0) return;
  installDebianPackages(missing);
  const left = missingOf(needed).map((name) => `${tools[name].what} (package ${name})`);
  if (left.length > 0) {
    const remedy = 'Please install it, or run this as root on Debian or Ubuntu, where it installs it.';
    throw new Error(`The tests need what is not there: ${left.join('; ')}. ${remedy}`);
  }
}

function missingOf(needed: readonly TestTool[]): TestTool[] {
  return needed.filter((name) => !tools[name].isThere());
}

function has(program: string): boolean {
  return findInstalled([program]) !== undefined;
}
