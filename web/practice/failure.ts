import { OpenError } from '@sprechzimmer/crypto/seal.ts';
import { deviceSuspended } from '@sprechzimmer/protocol/error-data.ts';
import { ApiError } from './api.ts';
import { StorageBlockedError } from './device/key-store.ts';
import { messages } from './messages.ts';
import { formatMoment } from './moments.ts';

/** What to say about a failed step: what is, and what to do. */
export function failureSentence(error: unknown): string {
  const say = messages();
  if (error instanceof StorageBlockedError) return `${say.start.storage} ${say.start.storageRemedy}`;
  if (error instanceof OpenError) return say.confirm.wrong;
  if (!(error instanceof ApiError)) return say.failure.INTERNAL;
  if (error.retryAfterSeconds !== undefined) return say.tooManyAttempts(error.retryAfterSeconds);
  if (error.code === 'DEVICE_SUSPENDED') return say.suspended(suspendedUntil(error));
  return say.failure[error.code];
}

function suspendedUntil(error: ApiError): string | undefined {
  const { until } = deviceSuspended.parse(error.data);
  return until === null ? undefined : formatMoment(new Date(until));
}
