/** Why a membership log is not believed. Nothing of it is used then, and the user is alarmed. */
export type MembershipErrorCode =
  | 'malformed' // not an entry of this practice, or not of our form
  | 'forked' // an entry does not follow the one before
  | 'unsigned' // a signature is missing or wrong
  | 'not-allowed' // signed, but by someone who may not do that
  | 'shorter' // what was seen here before is not in it
  | 'unknown-member'; // the server speaks of a device or user that the log does not know

export class MembershipError extends Error {
  override readonly name = 'MembershipError';
  readonly code: MembershipErrorCode;

  constructor(code: MembershipErrorCode, message: string = code, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
