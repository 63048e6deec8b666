import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { findChromium } from './chromium.ts';
import { installDebianPackages } from './debian-packages.ts';

/** The programs that the tests use beside Node, by the Debian package that has them. */
const tools = {
  chromium: { what: 'Chromium or Google Chrome (or CHROMIUM_PATH)', isThere: () => !!findChromium() },
  'firefox-esr': { what: 'Firefox ESR', isThere: () => has('firefox-esr') },
  coturn: { what: 'coturn, the relay', isThere: () => has('turnserver') },
  'poppler-utils': { what: 'pdftoppm and pdftotext', isThere: () => has('pdftoppm') && has('pdftotext') },
  iproute2: { what: 'ip and tc', isThere: () => has('ip') && has('tc') },
  nftables: { what: 'nft', isThere: () => has('nft') },
};
export type TestTool = keyof typeof tools;
export const testTools = Object.keys(tools) as TestTool[];

const folders = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];

/**
 * Sees to it that these programs are there: installs Debian's packages, all in one go, where we may.
 * @throws Error that says what to install
 */
export function ensureTestTools(needed: readonly TestTool[] = testTools): void {
  const chosen = process.env['CHROMIUM_PATH'];
  if (needed.includes('chromium') && chosen && !findChromium()) {
    throw new Error(`CHROMIUM_PATH names no program: ${chosen}`);
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

/** Programs of the system's administration are not on everybody's path. */
function has(program: string): boolean {
  const searched = [...(process.env['PATH']?.split(delimiter) ?? []), ...folders];
  return searched.some((folder) => isProgram(join(folder, program)));
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
