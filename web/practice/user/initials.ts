/** `Dr. Erika Sommer` as `ES`: titles and other words with a full stop do not count. */
export function initials(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== '' && !word.endsWith('.'));
  const [first, last] = [words[0] ?? '', words.length > 1 ? (words.at(-1) ?? '') : ''];
  return [first, last].map((word) => Array.from(word)[0]?.toLocaleUpperCase() ?? '').join('');
}
