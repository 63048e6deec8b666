/** How the list of devices names a browser, from its user agent: `Firefox, Windows`. */
export function browserName(userAgent: string): string {
  const browser = names.find(([mark]) => userAgent.includes(mark))?.[1] ?? 'Browser';
  const system = systems.find(([mark]) => userAgent.includes(mark))?.[1];
  return system ? `${browser}, ${system}` : browser;
}

// In this order: Edge and Opera call themselves Chrome as well, and Chrome calls itself Safari.
const names = [
  ['Edg/', 'Edge'],
  ['OPR/', 'Opera'],
  ['Firefox/', 'Firefox'],
  ['Chrome/', 'Chrome'],
  ['Safari/', 'Safari'],
] as const;

const systems = [
  ['Android', 'Android'],
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Windows', 'Windows'],
  ['Mac OS X', 'macOS'],
  ['CrOS', 'ChromeOS'],
  ['Linux', 'Linux'],
] as const;
