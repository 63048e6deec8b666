import { generateAuthenticationOptions } from '@simplewebauthn/server';
import type { Context } from '../../http/context.ts';
import { refusal } from '../../http/errors.ts';
import { keepPasskeyChallenge } from './passkey-challenge.ts';

/** The refusal that says which factors the user has, with a fresh challenge for their passkeys. */
export async function askForSecondFactor(
  context: Pick<Context, 'db' | 'config' | 'now'>,
  userId: string,
  wasWrong: boolean,
) {
  const { db, config } = context;
  const [totp, passkeys] = await Promise.all([
    db
      .selectFrom('totp')
      .where('user_id', '=', userId)
      .where('confirmed_at', 'is not', null)
      .select('user_id')
      .executeTakeFirst(),
    db.selectFrom('passkey').where('user_id', '=', userId).select(['id', 'transports']).execute(),
  ]);
  if (passkeys.length === 0) {
    return refusal('SECOND_FACTOR_NEEDED', { totp: totp !== undefined, passkey: null, wasWrong });
  }
  const options = await generateAuthenticationOptions({
    rpID: new URL(config.practiceOrigin).hostname,
    allowCredentials: passkeys,
    userVerification: 'preferred',
  });
  await keepPasskeyChallenge(context, userId, 'sign-in', options.challenge);
  return refusal('SECOND_FACTOR_NEEDED', { totp: totp !== undefined, passkey: { ...options }, wasWrong });
}
