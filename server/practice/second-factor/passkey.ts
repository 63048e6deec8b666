import {
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import type { Context } from '../../http/context.ts';
import { refusal } from '../../http/errors.ts';
import type { SignedIn } from '../authenticate.ts';
import { confirmPassword } from '../confirm-password.ts';
import type { PracticeLimits } from '../limits.ts';
import { isUniqueViolation } from '../unique-violation.ts';
import { addFactor } from './add-factor.ts';
import { keepPasskeyChallenge, takePasskeyChallenge } from './passkey-challenge.ts';

/** ES256 and RS256: every authenticator has one of the two. */
const supportedAlgorithmIDs = [-7, -257];

type PasskeyContext = Pick<Context, 'db' | 'config' | 'now'>;

/**
 * What a browser needs to make a passkey.
 * @throws SIGN_IN_REFUSED for a wrong password, TOO_MANY_ATTEMPTS
 */
export async function beginPasskey(
  context: PasskeyContext,
  limits: PracticeLimits,
  signedIn: SignedIn,
  password: string,
): Promise<{ options: Record<string, unknown> }> {
  const { db, config } = context;
  await confirmPassword(context, limits, signedIn, password);
  const [{ email }, existing] = await Promise.all([
    db
      .selectFrom('practice_user')
      .where('id', '=', signedIn.userId)
      .select('email')
      .executeTakeFirstOrThrow(),
    db.selectFrom('passkey').where('user_id', '=', signedIn.userId).select(['id', 'transports']).execute(),
  ]);
  const options = await generateRegistrationOptions({
    rpName: 'Sprechzimmer',
    rpID: new URL(config.practiceOrigin).hostname,
    userName: email,
    userID: new TextEncoder().encode(signedIn.userId),
    attestationType: 'none',
    supportedAlgorithmIDs,
    excludeCredentials: existing,
    authenticatorSelection: { residentKey: 'discouraged', userVerification: 'preferred' },
  });
  await keepPasskeyChallenge(context, signedIn.userId, 'register', options.challenge);
  return { options: { ...options } };
}

/**
 * Keeps the passkey that the browser made.
 * @throws EXPIRED when `beginPasskey` is too long ago; CODE_WRONG for an answer that does not fit it; VERSION_CONFLICT
 *   for a passkey that is known already
 */
export async function confirmPasskey(
  context: PasskeyContext,
  signedIn: SignedIn,
  input: { name: string; response: Record<string, unknown> },
): Promise<{ recoveryCodes: string[] }> {
  const { userId } = signedIn;
  const challenge = await takePasskeyChallenge(context, userId, 'register');
  if (challenge === undefined) throw refusal('EXPIRED');
  const credential = await readCredential(context, challenge, input.response);
  if (!credential) throw refusal('CODE_WRONG', { attemptsLeft: 0 });
  const row = {
    id: credential.id,
    user_id: userId,
    name: input.name,
    public_key: Buffer.from(credential.publicKey),
    counter: String(credential.counter),
    transports: credential.transports ?? [],
    created_at: context.now(),
  };
  try {
    return await addFactor(context, signedIn, async (db) => {
      await db.insertInto('passkey').values(row).execute();
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw refusal('VERSION_CONFLICT');
    throw error;
  }
}

async function readCredential(
  { config }: PasskeyContext,
  challenge: string,
  response: Record<string, unknown>,
) {
  const verification = await verifyRegistrationResponse({
    response: response as unknown as RegistrationResponseJSON, // whatever else it is, it throws
    expectedChallenge: challenge,
    expectedOrigin: config.practiceOrigin,
    expectedRPID: new URL(config.practiceOrigin).hostname,
    requireUserVerification: false,
    supportedAlgorithmIDs,
  }).catch(() => undefined);
  return verification?.registrationInfo?.credential;
}
