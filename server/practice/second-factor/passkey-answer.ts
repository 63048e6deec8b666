import { type AuthenticationResponseJSON, verifyAuthenticationResponse } from '@simplewebauthn/server';
import type { Context } from '../../http/context.ts';
import { takePasskeyChallenge } from './passkey-challenge.ts';

/** Whether one of the user's passkeys has signed the challenge that the server gave out last, which is then used up. */
export async function usePasskey(
  context: Pick<Context, 'db' | 'config' | 'now'>,
  userId: string,
  response: Record<string, unknown>,
): Promise<boolean> {
  const { db, config } = context;
  const challenge = await takePasskeyChallenge(context, userId, 'sign-in');
  const passkey = await db
    .selectFrom('passkey')
    .where('id', '=', String(response['id']))
    .where('user_id', '=', userId)
    .selectAll()
    .executeTakeFirst();
  if (challenge === undefined || !passkey) return false;
  const verification = await verifyAuthenticationResponse({
    response: response as unknown as AuthenticationResponseJSON, // whatever else it is, it throws
    expectedChallenge: challenge,
    expectedOrigin: config.practiceOrigin,
    expectedRPID: new URL(config.practiceOrigin).hostname,
    credential: {
      id: passkey.id,
      publicKey: new Uint8Array(passkey.public_key),
      counter: Number(passkey.counter),
    },
    requireUserVerification: false,
  }).catch(() => undefined);
  if (!verification?.verified) return false;
  await db
    .updateTable('passkey')
    .set({ counter: String(verification.authenticationInfo.newCounter) })
    .where('id', '=', passkey.id)
    .execute();
  return true;
}
