type EmbeddedPostgresErrorCode = 'in-use' | 'no-account' | 'no-binaries' | 'no-access' | 'gone' | 'failed';

/** Why there is no embedded database. The message is for the operator: what is the matter, and what to do. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError';
  readonly code: EmbeddedPostgresErrorCode;

  constructor(code: EmbeddedPostgresErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
