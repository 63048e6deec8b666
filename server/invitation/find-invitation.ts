import { sql } from 'kysely';
import type { Context } from '../http/context.ts';
import { type ClosedCode, closedNow } from './opening.ts';

export type OpenInvitation = {
  kind: 'today';
  invitationId: string;
  appointmentId: string;
  practiceId: string;
  practitionerId: string;
  card: string;
  /** The host codes that are good for its appointment. */
  hostCodeIds: string[];
};

/** Which invitation it is, so that a test of the line before its day is counted by it. */
export type ClosedInvitation = ClosedCode & { invitationId: string };

/** Finds an invitation and notes that its code was shown; undefined for none, or a revoked one. */
export async function findInvitation(
  { db, config, now }: Pick<Context, 'db' | 'config' | 'now'>,
  locatorHash: Buffer,
): Promise<OpenInvitation | ClosedInvitation | undefined> {
  const row = await db
    .selectFrom('invitation')
    .innerJoin('practice', 'practice.id', 'invitation.practice_id')
    .select([
      'invitation.id',
      'invitation.appointment_id',
      'invitation.practice_id',
      'invitation.practitioner_id',
      'invitation.day',
      'invitation.card',
      'invitation.opened_at',
      'practice.time_zone',
      sql<string[]>`array(
        select host_code.id::text from host_code where host_code.appointment_id = invitation.appointment_id
      )`.as('host_code_ids'),
    ])
    .where('locator_hash', '=', locatorHash)
    .executeTakeFirst();
  if (!row) return undefined;
  if (!row.opened_at) {
    const opened = db.updateTable('invitation').set({ opened_at: now() });
    await opened.where('id', '=', row.id).where('opened_at', 'is', null).execute();
  }
  const closed = closedNow(row, config.codeHours, now());
  if (closed) return { ...closed, invitationId: row.id };
  return {
    kind: 'today',
    invitationId: row.id,
    appointmentId: row.appointment_id,
    practiceId: row.practice_id,
    practitionerId: row.practitioner_id,
    card: row.card.toString('base64url'),
    hostCodeIds: row.host_code_ids,
  };
}
