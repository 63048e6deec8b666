import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { findChromium } from '../../scripts/chromium.ts';
import { launchFirefox } from './firefox.ts';

const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
/** Chromium's own camera (a moving picture with a clock) and microphone (a beep each second). */
export const fakeDevices = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];

export type PersonOptions = {
  /** Chromium, unless it is about Firefox. */
  browser?: 'chromium' | 'firefox';
  /** Chromium's switches instead of its fake camera and microphone, such as none at all. */
  devices?: string[];
  locale?: string;
  viewport?: { width: number; height: number };
  colorScheme?: 'light' | 'dark';
  permissions?: string[];
  /** The network namespace that the browser runs in, instead of the machine's own. */
  namespace?: string;
  /** More of Chromium's switches. */
  switches?: string[];
  /** The sound of a page can be captured, which a muted browser does not let one. */
  audible?: boolean;
  /** A screen that is touched. */
  hasTouch?: boolean;
};

/** One person at a machine of their own: a browser process of its own, with nothing kept from anyone else. */
export type Person = {
  browser: Browser;
  context: BrowserContext;
  page: Page;
  /** What went wrong in any of this person's pages: exceptions, and breaches of the content security policy. */
  problems: string[];
  close(): Promise<void>;
};

export async function openPerson(options: PersonOptions = {}): Promise<Person> {
  const browser = options.browser === 'firefox' ? await launchFirefox() : await launchChromium(options);
  return await openIn(browser, options);
}

/**
 * So many people in one browser process, each with storage of their own and a page in a process of its own: two cores
 * carry no four browsers in a conversation of four.
 */
export async function openPeople(count: number, options: PersonOptions = {}): Promise<Person[]> {
  // Half of what one conversation of four costs is hops of sound between processes.
  const switches = ['--disable-features=AudioServiceOutOfProcess'];
  const browser = await launchChromium({ ...options, switches });
  return await Promise.all(Array.from({ length: count }, () => openIn(browser, options)));
}

async function openIn(browser: Browser, options: PersonOptions): Promise<Person> {
  const context = await browser.newContext({
    locale: options.locale ?? 'de-DE',
    timezoneId: 'Europe/Berlin',
    viewport: options.viewport ?? { width: 1280, height: 800 },
    colorScheme: options.colorScheme ?? 'light',
    permissions: options.permissions ?? [],
    hasTouch: options.hasTouch ?? false,
  });
  const problems: string[] = [];
  context.on('weberror', (error) => problems.push(error.error().message));
  context.on('console', (message) => {
    if (/Content Security Policy|TrustedHTML/i.test(message.text())) problems.push(message.text());
  });
  const page = await context.newPage();
  return { browser, context, page, problems, close: () => browser.close() };
}

/** A person whose browser keeps what pages store on the disk, as anybody's does that is no private window. */
export async function openPersonWithDisk(profile: string): Promise<Person> {
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: chromiumPath(),
    args: [...quiet, ...fakeDevices],
    locale: 'de-DE',
    viewport: { width: 1280, height: 800 },
  });
  const browser = context.browser();
  const [page] = context.pages();
  if (!browser || !page) throw new Error('Chromium opened no page');
  return { browser, context, page, problems: [], close: () => context.close() };
}

function launchChromium({
  devices = fakeDevices,
  switches = [],
  namespace,
  audible = false,
}: PersonOptions): Promise<Browser> {
  const executablePath = chromiumPath();
  return chromium.launch({
    executablePath,
    args: [...quiet, ...devices, ...switches],
    ignoreDefaultArgs: audible ? ['--mute-audio'] : [],
    ...(namespace && inNamespace(namespace, executablePath)),
  });
}

function inNamespace(namespace: string, path: string) {
  const env = { ...process.env, NETWORK_NAMESPACE: namespace, NAMESPACE_CHROMIUM: path };
  return { executablePath: join(import.meta.dirname, '../lab/chromium-in-namespace.sh'), env };
}

function chromiumPath(): string {
  const found = findChromium();
  if (!found) throw new Error('no Chromium: npm test installs it, or set CHROMIUM_PATH');
  return found;
}
