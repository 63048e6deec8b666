import { Secret, TOTP } from 'otpauth';

const periodSeconds = 30;
/** Steps before and after: clocks of telephones go wrong. */
const window = 1;

/** What every authenticator app understands: SHA-1, six digits, half a minute (RFC 6238). */
export function totpOf(secret: Buffer, label = ''): TOTP {
  return new TOTP({
    issuer: 'Sprechzimmer',
    label,
    algorithm: 'SHA1',
    digits: 6,
    period: periodSeconds,
    secret: new Secret({ buffer: new Uint8Array(secret).buffer }),
  });
}

/** The time step that `code` belongs to; undefined when it belongs to none that is near. */
export function totpStep(secret: Buffer, code: string, now: Date): number | undefined {
  const delta = totpOf(secret).validate({ token: code, timestamp: now.getTime(), window });
  return delta === null ? undefined : Math.floor(now.getTime() / 1000 / periodSeconds) + delta;
}
