import { ApiError } from './api.ts';
import { StorageBlockedError } from './device/key-store.ts';
import { messages } from './messages.ts';

/** What to say about a failed step: what is, and what to do. */
export function failureSentence(error: unknown): string {
  const say = messages();
  if (error instanceof StorageBlockedError) return `${say.start.storage} ${say.start.storageRemedy}`;
  if (!(error instanceof ApiError)) return say.failure.INTERNAL;
  if (error.retryAfterSeconds !== undefined) return say.tooManyAttempts(error.retryAfterSeconds);
  return say.failure[error.code];
}
