/**
 * Every code that the practice API answers with. The wire carries `{ code, message }`; the interface turns the code
 * into a sentence and a next step. `docs/errors.md` lists each, and a test holds the two together.
 */
export const practiceErrors = {
  BAD_INPUT: { status: 400, message: 'The request does not fit the contract.' },
  PASSWORD_TOO_SHORT: { status: 422, message: 'The password is too short.' },
  PASSWORD_BREACHED: { status: 422, message: 'The password is on a list of leaked passwords.' },
  EMAIL_TAKEN: { status: 409, message: 'There is an account with this e-mail address.' },
  ALREADY_REGISTERED: { status: 409, message: 'This id is in use.' },
  SIGN_IN_REFUSED: { status: 401, message: 'E-mail address, password or device are not right.' },
  NOT_SIGNED_IN: { status: 401, message: 'There is no session for this request.' },
  REQUEST_EXPIRED: { status: 401, message: 'The signature is too old or from the future.' },
  TOO_MANY_ATTEMPTS: { status: 429, message: 'Too many attempts.' },
  NOT_FOUND: { status: 404, message: 'There is no such thing here.' },
  FORBIDDEN: { status: 403, message: 'This user may not do that.' },
  PLAN_LIMIT: { status: 403, message: 'The plan does not allow it.' },
  LOCKED: { status: 423, message: 'The session is locked.' },
  SECOND_FACTOR_NEEDED: { status: 401, message: 'A second factor is needed.' },
  SESSION_ELSEWHERE: { status: 409, message: 'This user is signed in at another device.' },
  DEVICE_SUSPENDED: { status: 403, message: 'This device is suspended.' },
  CODE_WRONG: { status: 422, message: 'The code is not right.' },
  EXPIRED: { status: 410, message: 'This is over.' },
  VERSION_CONFLICT: { status: 409, message: 'Someone has changed it meanwhile.' },
  INTERNAL: { status: 500, message: 'Internal error.' },
} as const satisfies Record<string, { status: number; message: string }>;

export type PracticeErrorCode = keyof typeof practiceErrors;

/** Why the server refuses a join, as `refused.code` on the signalling socket. */
export const refusalCodes = [
  'code-unknown', // no such code, or a revoked one: one and the same answer
  'not-today',
  'closed-now', // on the right day, outside the operator's hours
  'occupied', // somebody else is in with this invitation
  'too-many-attempts',
  'ticket-invalid',
  'server-full',
] as const;

/** Close codes of the signalling socket (RFC 6455, 4000 to 4999 are the application's). */
export const closeCodes = {
  done: 1000, // a test has its answer
  malformed: 4000,
  outOfOrder: 4001,
  flood: 4002,
  tooLarge: 1009,
  refused: 4003,
  replaced: 4004, // the same place was taken over from another window
  dropped: 4005, // the host ended this connection
  idle: 4006,
  restarting: 1012,
} as const satisfies Record<string, number>;
