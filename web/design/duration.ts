import type { Language } from './i18n.ts';

/** How long a conversation was: `40 Sekunden`, `12 Minuten`. */
export function formatDuration(ms: number, language: Language): string {
  const short = ms < 59_500;
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: short ? 'second' : 'minute',
    unitDisplay: 'long',
  }).format(Math.round(ms / (short ? 1_000 : 60_000)));
}
