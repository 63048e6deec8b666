import { type AppointmentRecord, maxConsultationRecords } from '@sprechzimmer/protocol/appointment.ts';
import type { ConsultationRecord } from '@sprechzimmer/protocol/consultation-record.ts';

/** Beside a note of the largest size, this much always fits into a sealed record. */
const maxCharacters = 20_000;

/** The records with one more; the oldest go where there is no room. */
export function withRecord(
  before: AppointmentRecord['consultations'],
  record: ConsultationRecord,
): ConsultationRecord[] {
  const all = [...(before ?? []).filter(({ id }) => id !== record.id), record].slice(-maxConsultationRecords);
  while (all.length > 1 && JSON.stringify(all).length > maxCharacters) all.shift();
  return all;
}
