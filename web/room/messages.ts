import { effect, signal } from '@preact/signals';
import { type Language, language } from '@sprechzimmer/design/i18n.ts';
import type { german } from './messages.de.ts';

export type Messages = typeof german;

const catalogues: Record<Language, () => Promise<Messages>> = {
  de: async () => (await import('./messages.de.ts')).german,
  en: async () => (await import('./messages.en.ts')).english,
};
const current = signal<Messages>();

/** Everything that is said after the first screen, once `loadMessages` is through. */
export function messages(): Messages {
  if (!current.value) throw new Error('shown before its messages were there');
  return current.value;
}

/** Nobody loads a language that they do not read. */
export async function loadMessages(): Promise<void> {
  const wanted = language.value;
  const loaded = await catalogues[wanted]();
  if (language.value === wanted) current.value = loaded;
  else await loadMessages();
}

// Until another language is there, the page goes on in this one.
effect(() => {
  if (language.value && current.peek()) loadMessages().catch(() => {});
});
