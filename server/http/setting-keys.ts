/** Their values are shown to nobody, not even as a mistake; each may lie in a file that `<key>_FILE` names. */
export const secretKeys: ReadonlySet<string> = new Set([
  'DATABASE_URL',
  'REDIS_URL',
  'SMTP_URL',
  'SMS_URL',
  'SMS_TOKEN',
  'SERVER_KEY',
  'TURN_SECRET',
]);

/** The key that is most like it. @returns undefined when none is */
export function nearestKey(wrong: string, keys: Iterable<string>): string | undefined {
  const ranked = [...keys]
    .map((key) => ({ key, distance: editDistance(wrong.toUpperCase(), key) }))
    .sort((a, b) => a.distance - b.distance);
  const [best] = ranked;
  return best && best.distance <= Math.max(2, Math.floor(wrong.length / 4)) ? best.key : undefined;
}

/** How many letters are to be put in, taken out or changed (Levenshtein). */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [index, letter] of from.split('').entries()) {
    const next = [index + 1];
    for (const [column, other] of to.split('').entries()) {
      const kept = row[column]! + (letter === other ? 0 : 1);
      next.push(Math.min(kept, row[column + 1]! + 1, next[column]! + 1));
    }
    row = next;
  }
  return row.at(-1)!;
}
