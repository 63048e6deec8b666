/** PostgreSQL's `unique_violation`: somebody else has that key. */
export function isUniqueViolation(error: unknown): error is Error & { constraint?: unknown } {
  return error instanceof Error && 'code' in error && error.code === '23505';
}
