import { effect, signal } from '@preact/signals';

export const languages = ['de', 'en'] as const;
export type Language = (typeof languages)[number];

const storageKey = 'language';

/** The language of everything on the page; components that read a catalogue follow it. */
export const language = signal<Language>(initialLanguage());

/** Changes the language; `keep` remembers it in this browser as the person's own choice. */
export function setLanguage(next: Language, keep = true): void {
  language.value = next;
  if (!keep) return;
  try {
    localStorage.setItem(storageKey, next);
  } catch {
    // Storage is switched off: the choice lasts as long as the page.
  }
}

/** Takes a language as a hint: whoever has chosen one keeps it. */
export function suggestLanguage(next: Language): void {
  if (!keptLanguage()) language.value = next;
}

/**
 * A catalogue of messages in both languages. German is the source of the keys; write the English one with
 * `satisfies typeof german` beside it. A message is a string, or a function of what it tells.
 * @returns a function that gives the messages in the current language
 */
export function catalogue<Messages extends object>(german: Messages, english: Messages): () => Messages {
  return () => (language.value === 'en' ? english : german);
}

/** `de` unless the browser prefers English. */
export function preferredLanguage(browserLanguages: readonly string[]): Language {
  const first = browserLanguages.find((tag) => /^(de|en)\b/i.test(tag));
  return first?.toLowerCase().startsWith('en') ? 'en' : 'de';
}

function initialLanguage(): Language {
  if (typeof window === 'undefined') return 'de';
  return keptLanguage() ?? preferredLanguage(navigator.languages);
}

function keptLanguage(): Language | undefined {
  try {
    const kept = localStorage.getItem(storageKey);
    return kept === 'de' || kept === 'en' ? kept : undefined;
  } catch {
    return undefined; // Storage is switched off.
  }
}

if (typeof document !== 'undefined') {
  effect(() => {
    document.documentElement.lang = language.value;
  });
}
