/** What the server holds for this device does not open: it is another practice's, or damaged. */
export class KeyMismatchError extends Error {
  override readonly name = 'KeyMismatchError';
  readonly code = 'key-mismatch';
}
