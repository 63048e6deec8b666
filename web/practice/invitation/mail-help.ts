export const mailSystems = ['windows', 'mac', 'linux', 'ios', 'android'] as const;
export type MailSystem = (typeof mailSystems)[number];

export const mailBrowsers = ['chrome', 'edge', 'firefox', 'safari'] as const;
export type MailBrowser = (typeof mailBrowsers)[number];

/** What the reader sits at, as far as the browser tells. */
export function readUserAgent(agent: string): {
  system: MailSystem | undefined;
  browser: MailBrowser | undefined;
} {
  return { system: systemOf(agent), browser: browserOf(agent) };
}

function systemOf(agent: string): MailSystem | undefined {
  if (/iPhone|iPad|iPod/.test(agent)) return 'ios';
  if (/Android/.test(agent)) return 'android';
  if (/Windows/.test(agent)) return 'windows';
  if (/Mac OS X|Macintosh/.test(agent)) return 'mac';
  return /Linux|X11|CrOS/.test(agent) ? 'linux' : undefined;
}

function browserOf(agent: string): MailBrowser | undefined {
  if (/Edg(e|A|iOS)?\//.test(agent)) return 'edge';
  if (/Firefox\/|FxiOS\//.test(agent)) return 'firefox';
  if (/Chrome\/|Chromium\/|CriOS\//.test(agent)) return 'chrome';
  return /Safari\//.test(agent) ? 'safari' : undefined;
}
