import type { Language } from '@sprechzimmer/design/i18n.ts';

const units = ['kilobyte', 'megabyte', 'gigabyte'] as const;

/** A size in words, as file managers count it: `340 KB`, `2,3 MB`. */
export function formatBytes(bytes: number, language: Language): string {
  let amount = Math.max(bytes > 0 ? 1 : 0, bytes / 1024);
  let unit = 0;
  for (; amount >= 1_000 && unit < units.length - 1; unit += 1) amount /= 1024;
  return new Intl.NumberFormat(language === 'de' ? 'de-DE' : 'en-GB', {
    style: 'unit',
    unit: units[unit] ?? 'gigabyte',
    maximumFractionDigits: unit === 0 || amount >= 100 ? 0 : 1,
  }).format(amount);
}
