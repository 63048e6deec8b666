import { useEffect, useRef } from 'preact/hooks';
import { setting } from '../setting.ts';

/** Single keys can be switched off, for whoever dictates or has a device that types by itself (WCAG 2.2, 2.1.4). */
export const keys = setting('keys');

const meanings = {
  n: 'next',
  m: 'microphone',
  v: 'camera',
  c: 'chat',
  f: 'full',
  p: 'onTop',
  '?': 'keys',
} as const;
type Meaning = (typeof meanings)[keyof typeof meanings];

/** What a key means, unless somebody writes or a program's own shortcut is meant. */
export function keyMeaning(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'repeat'>,
  writing: boolean,
): Meaning | undefined {
  if (writing || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return undefined;
  const key = event.key.toLowerCase();
  return Object.hasOwn(meanings, key) ? meanings[key as keyof typeof meanings] : undefined;
}

export function isWriting({ target }: Event): boolean {
  return target instanceof Element && target.matches('input:not([type=checkbox]), textarea, select');
}

/** Hears single keys while a page is shown. None of them ends anything. */
export function useKeys(actions: Partial<Record<Meaning, () => void>>): void {
  const newest = useRef(actions);
  newest.current = actions;
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      const meaning = keys.isOn.value ? keyMeaning(event, isWriting(event)) : undefined;
      const act = meaning && newest.current[meaning];
      if (!act) return;
      // The key would otherwise be written into what it opens.
      event.preventDefault();
      act();
    };
    addEventListener('keydown', hear);
    return () => removeEventListener('keydown', hear);
  }, []);
}
