import type { Context } from '../http/context.ts';

/** Keeps a participant's sealed answer in the place of an earlier one; the practice alone can open it. */
export async function keepConsent(
  { db, now }: Pick<Context, 'db' | 'now'>,
  { appointmentId, invitationId }: { appointmentId: string; invitationId: string },
  sealed: string,
): Promise<void> {
  const answer = { sealed: Buffer.from(sealed, 'base64url'), at: now(), is_taken: false };
  await db
    .insertInto('consent')
    .values({ invitation_id: invitationId, appointment_id: appointmentId, ...answer })
    .onConflict((conflict) => conflict.column('invitation_id').doUpdateSet(answer))
    .execute();
}
