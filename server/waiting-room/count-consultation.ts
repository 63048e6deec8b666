import { calendarDayIn } from '@sprechzimmer/time/calendar-day.ts';
import type { Context } from '../http/context.ts';

/**
 * Keeps that this participant was called in, and that the appointment was held. The practitioner's count of the month, in
 * the practice's time zone, grows once per appointment, however many are called in, how often, and by how many servers
 * at once: only one of them finds the appointment not held yet.
 */
export async function countConsultation(
  { db, metrics, now }: Pick<Context, 'db' | 'metrics' | 'now'>,
  { appointmentId, invitationId }: { appointmentId: string; invitationId: string },
): Promise<void> {
  const at = now();
  const isFirst = await db.transaction().execute(async (transaction) => {
    await transaction
      .updateTable('invitation')
      .set({ attended_at: at })
      .where('id', '=', invitationId)
      .where('attended_at', 'is', null)
      .execute();
    const held = await transaction
      .updateTable('appointment')
      .from('practice')
      .set({ held_at: at })
      .whereRef('practice.id', '=', 'appointment.practice_id')
      .where('appointment.id', '=', appointmentId)
      .where('held_at', 'is', null)
      .returning(['appointment.practice_id', 'appointment.practitioner_id', 'practice.time_zone'])
      .executeTakeFirst();
    if (!held) return false;
    const { practice_id, practitioner_id } = held;
    const month = `${calendarDayIn(held.time_zone, at).slice(0, 7)}-01`;
    await transaction
      .insertInto('consultation_count')
      .values({ practice_id, practitioner_id, month, consultations: 1 })
      .onConflict((conflict) =>
        conflict
          .columns(['practice_id', 'practitioner_id', 'month'])
          .doUpdateSet((eb) => ({ consultations: eb('consultation_count.consultations', '+', 1) })),
      )
      .execute();
    return true;
  });
  if (isFirst) metrics.consultationBegan();
}
