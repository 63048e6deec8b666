import { ORPCError } from '@orpc/server';
import { type PracticeErrorCode, practiceErrors } from '@sprechzimmer/protocol/errors.ts';

type RefusalData = {
  TOO_MANY_ATTEMPTS: { retryAfterSeconds: number };
  REQUEST_EXPIRED: { serverTimeMs: number };
  SECOND_FACTOR_NEEDED: { totp: boolean; passkey: Record<string, unknown> | null; wasWrong: boolean };
  SESSION_ELSEWHERE: { deviceId: string; since: string; roomOpen: boolean };
  DEVICE_SUSPENDED: { until: string | null };
  CODE_WRONG: { attemptsLeft: number };
  LOCKED: { attemptsLeft: number };
};
type DataOf<Code> = Code extends keyof RefusalData ? [data: RefusalData[Code]] : [];

/** An error of the contract, to be thrown by an operation: `throw refusal('NOT_FOUND')`. */
export function refusal<Code extends PracticeErrorCode>(code: Code, ...data: DataOf<Code>) {
  return new ORPCError(code, { defined: true, ...practiceErrors[code], data: data[0] });
}

export function isRefusal(error: unknown): error is ORPCError<PracticeErrorCode, unknown> {
  return error instanceof ORPCError && Object.hasOwn(practiceErrors, error.code);
}

/** The wire's form of an error that occurs outside of an operation, such as a body that is too large. */
export function refusalBody(code: PracticeErrorCode, status: number = practiceErrors[code].status) {
  return { json: { defined: true, code, status, message: practiceErrors[code].message } };
}

/**
 * What a log may hold of an unexpected error: never its message, since a database's messages quote the values.
 */
export function describeError(error: unknown): { name: string; code?: string; at: string[] } {
  if (!(error instanceof Error)) return { name: typeof error, at: [] };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  return { name: error.name, ...code, at: frames.map((line) => line.trim()) };
}
