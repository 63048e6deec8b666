import { createORPCClient, ORPCError } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import type { ContractRouterClient } from '@orpc/contract';
import { randomBytes, sha256, toBase64url } from '@sprechzimmer/crypto/bytes.ts';
import { signText } from '@sprechzimmer/crypto/device-keys.ts';
import type { contract } from '@sprechzimmer/protocol/contract.ts';
import { type PracticeErrorCode, practiceErrors } from '@sprechzimmer/protocol/errors.ts';
import {
  formatSignatureHeader,
  signatureHeader,
  signedRequestText,
} from '@sprechzimmer/protocol/signed-request.ts';

export type PracticeClient = ContractRouterClient<typeof contract>;

/** The server's codes, and one of ours: nothing came back. */
export type ApiErrorCode = PracticeErrorCode | 'OFFLINE';

/** The only error that a call of the practice API ends with. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: ApiErrorCode;
  /** With `TOO_MANY_ATTEMPTS`: how long to wait, in seconds. */
  readonly retryAfterSeconds: number | undefined;
  /** What the contract promises with this code; whoever reads it parses it. */
  readonly data: unknown;

  constructor(
    code: ApiErrorCode,
    options?: ErrorOptions & { retryAfterSeconds?: number | undefined; data?: unknown },
  ) {
    super(code, options);
    this.code = code;
    this.retryAfterSeconds = options?.retryAfterSeconds;
    this.data = options?.data;
  }
}

/** Whose signature goes with each request; none before this browser is a device. */
type Signer = { deviceId: string; signKey: CryptoKey };

export type ClientOptions = {
  /** The practice app's own origin, without a slash at the end. */
  origin: string;
  signer: () => Signer | undefined;
  /** Told whenever the server says that there is no session. */
  onNotSignedIn?: () => void;
  /** Told whenever the server says that the session is locked. */
  onLocked?: () => void;
  fetch?: (request: Request) => Promise<Response>;
};

const answerTimeoutMs = 20_000;

/**
 * The practice API. Each request is signed by this device; a signature that the server finds too old is made once more
 * with the server's clock.
 */
export function createPracticeClient(options: ClientOptions): PracticeClient {
  const send = options.fetch ?? fetchInTime;
  let clockOffsetMs = 0;

  async function signAndSend(request: Request): Promise<Response> {
    const signer = options.signer();
    if (signer) {
      const header = await signatureOf(request, signer, Date.now() + clockOffsetMs);
      request.headers.set(signatureHeader, header);
    }
    try {
      return await send(request);
    } catch (cause) {
      throw new ApiError('OFFLINE', { cause });
    }
  }

  const link = new RPCLink({
    url: `${options.origin}/api`,
    fetch: signAndSend,
    interceptors: [
      async (call) => {
        try {
          return await call.next();
        } catch (cause) {
          const error = toApiError(cause);
          if (error.code === 'NOT_SIGNED_IN') options.onNotSignedIn?.();
          if (error.code === 'LOCKED') options.onLocked?.();
          throw error;
        }
      },
      async (call) => {
        try {
          return await call.next();
        } catch (error) {
          const serverTimeMs = expiredAt(error);
          if (serverTimeMs === undefined) throw error;
          clockOffsetMs = serverTimeMs - Date.now();
        }
        return call.next();
      },
    ],
  });
  return createORPCClient<PracticeClient>(link);
}

function fetchInTime(request: Request): Promise<Response> {
  return fetch(request, { signal: AbortSignal.timeout(answerTimeoutMs) });
}

async function signatureOf(request: Request, signer: Signer, timestampMs: number): Promise<string> {
  const body = new Uint8Array(await request.clone().arrayBuffer());
  const parts = { deviceId: signer.deviceId, timestampMs, nonce: toBase64url(randomBytes(16)) };
  const text = signedRequestText(
    {
      method: request.method,
      path: new URL(request.url).pathname,
      bodyHash: toBase64url(await sha256(body)),
    },
    parts,
  );
  return formatSignatureHeader({ ...parts, signature: toBase64url(await signText(signer.signKey, text)) });
}

function expiredAt(error: unknown): number | undefined {
  if (!(error instanceof ORPCError) || error.code !== 'REQUEST_EXPIRED') return undefined;
  return numberIn(error.data, 'serverTimeMs');
}

function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  if (!(error instanceof ORPCError)) return new ApiError('INTERNAL', { cause: error });
  // A proxy whose server is away answers for it, in words that are not ours.
  if (!isPracticeErrorCode(error.code)) {
    return new ApiError([502, 503, 504].includes(error.status) ? 'OFFLINE' : 'INTERNAL', { cause: error });
  }
  return new ApiError(error.code, {
    cause: error,
    retryAfterSeconds: numberIn(error.data, 'retryAfterSeconds'),
    data: error.data,
  });
}

function isPracticeErrorCode(code: string): code is PracticeErrorCode {
  return Object.hasOwn(practiceErrors, code);
}

function numberIn(data: unknown, key: string): number | undefined {
  if (typeof data !== 'object' || data === null || !(key in data)) return undefined;
  const value: unknown = data[key as keyof typeof data];
  return typeof value === 'number' ? value : undefined;
}
