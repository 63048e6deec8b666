const delaysMinutes = [1, 2, 5, 10, 20, 30];

/**
 * How long to wait after so many attempts; a little more or less, so that not all come back at once.
 * @param attempts at least 1
 */
export function retryDelayMs(attempts: number): number {
  const minutes = delaysMinutes[Math.min(attempts, delaysMinutes.length) - 1] ?? 1;
  return minutes * 60_000 * (0.9 + Math.random() * 0.2);
}
