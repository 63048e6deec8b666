/** Looked at together, so that one late answer means nothing. */
export const looks = 3;
const slowMs = 600;

/**
 * What the last answers of the other side say about the line, while nothing but questions goes over it.
 * @param answers how long each took, in milliseconds; Infinity for none
 */
export function lineOf(answers: readonly number[]): 'good' | 'weak' | undefined {
  const last = answers.slice(-looks);
  if (last.length < looks) return undefined;
  const middle = [...last].sort((a, b) => a - b)[Math.floor(looks / 2)] ?? 0;
  return middle > slowMs ? 'weak' : 'good';
}
