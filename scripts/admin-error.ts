/** A mistake of the operator's, told without a stack. */
export class AdminError extends Error {
  override readonly name = 'AdminError';
}
