export type System = 'ios' | 'android' | 'macos' | 'windows' | 'other';
type BrowserName = 'chrome' | 'edge' | 'samsung' | 'opera' | 'firefox' | 'safari';

/** What the browser says of itself: enough to speak of its menus by their names. */
export type Browser = {
  system: System;
  name: BrowserName;
  /** The major version, where it is told. */
  version: number | undefined;
  /** Open inside another program, such as one for mail or messages: its name, or '' where it does not say. */
  insideOf: string | undefined;
};

/** Programs that open links in a window of their own, by what they write into the user agent. */
const programs: [RegExp, string][] = [
  [/\bFBAN\/Messenger|\bOrca-Android|MessengerForiOS|MessengerLiteForiOS/, 'Messenger'],
  [/\bFBAN\/|\bFBAV\/|\bFB_IAB\//, 'Facebook'],
  [/\bInstagram\b/, 'Instagram'],
  [/\bWhatsApp\//, 'WhatsApp'],
  [/\bGSA\//, 'Google'],
  [/\bLine\/\d/, 'LINE'],
  [/\bMicroMessenger\//, 'WeChat'],
  [/\bTelegram-(Android|iOS)\//, 'Telegram'],
  [/\bOutlook-(iOS|Android)\b|\bMicrosoft Outlook\b|com\.microsoft\.office\.outlook/i, 'Outlook'],
  [/\bTeamsMobile-(iOS|Android)\b/, 'Teams'],
  [/\bGmail\//, 'Gmail'],
  [/\bLinkedInApp\b/, 'LinkedIn'],
  [/\bSnapchat\b/, 'Snapchat'],
  [/\bTwitter for iPhone\b|\bTwitterAndroid\b/, 'X'],
  [/\bmusical_ly|\bBytedanceWebview\b|\bTikTok\b/i, 'TikTok'],
];

const names: [RegExp, BrowserName][] = [
  [/\b(?:Edg|EdgA|EdgiOS)\/(\d+)/, 'edge'],
  [/\bSamsungBrowser\/(\d+)/, 'samsung'],
  [/\b(?:OPR|OPT|OPiOS)\/(\d+)/, 'opera'],
  [/\b(?:Firefox|FxiOS)\/(\d+)/, 'firefox'],
  [/\b(?:Chrome|Chromium|CriOS)\/(\d+)/, 'chrome'],
  [/\bVersion\/(\d+)/, 'safari'],
];

export function readBrowser(userAgent: string, touchPoints: number): Browser {
  const system = readSystem(userAgent, touchPoints);
  const [pattern, name] = names.find(([sign]) => sign.test(userAgent)) ?? [
    /(?!)/,
    system === 'ios' || system === 'macos' ? 'safari' : 'chrome',
  ];
  const version = pattern.exec(userAgent)?.[1];
  return {
    system,
    name,
    version: version === undefined ? undefined : Number(version),
    insideOf: readProgram(userAgent, system),
  };
}

export function thisBrowser(): Browser {
  return readBrowser(navigator.userAgent, navigator.maxTouchPoints);
}

function readSystem(userAgent: string, touchPoints: number): System {
  if (/iPhone|iPad|iPod/.test(userAgent)) return 'ios';
  if (/Android/.test(userAgent)) return 'android';
  // iPads ask for desktop pages: a Mac with a touch screen is one.
  if (/Macintosh/.test(userAgent)) return touchPoints > 1 ? 'ios' : 'macos';
  return /Windows/.test(userAgent) ? 'windows' : 'other';
}

function readProgram(userAgent: string, system: System): string | undefined {
  const program = programs.find(([sign]) => sign.test(userAgent));
  if (program) return program[1];
  if (system === 'android' && /; wv\)/.test(userAgent)) return '';
  // Every browser of its own on iOS says Safari somewhere; a program's built-in window does not.
  if (system === 'ios' && !/Safari\//.test(userAgent)) return '';
  return undefined;
}

/** From these on, everything this page needs is there. */
const oldest: Record<BrowserName, number> = {
  chrome: 107,
  edge: 107,
  samsung: 21,
  opera: 93,
  firefox: 104,
  safari: 16,
};

export function isTooOld({ name, version }: Browser): boolean {
  return version !== undefined && version < oldest[name];
}
