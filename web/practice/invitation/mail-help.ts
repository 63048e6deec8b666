/** The help page's steps for the reader's own system, as far as the browser tells; else the page from its beginning. */
export function mailHelpPage(agent: string): string {
  const place = placeOf(agent);
  return `hilfe/e-mail-programm${place ? `#${place}` : ''}`;
}

function placeOf(agent: string): string | undefined {
  if (/iPhone|iPad|iPod/.test(agent)) return 'iphone-ipad';
  if (/Android/.test(agent)) return 'android';
  if (/Windows/.test(agent)) return 'windows';
  if (/Mac OS X|Macintosh/.test(agent)) return 'mac';
  return /Linux|X11|CrOS/.test(agent) ? 'linux' : undefined;
}
