import { localTime } from '../appointment/calendar-day.ts';
import { openEntry } from '../appointment/record.ts';
import { tableHead, tableLines } from '../table-file.ts';
import type { Writing } from './export-practice.ts';
import { type ExportedAppointment, exportedAppointment } from './exported-appointment.ts';
import { openList } from './json-list.ts';
import { exportMessages } from './messages.ts';
import { appointmentPages } from './pages.ts';

/** @returns how many */
export async function writeAppointments(writing: Writing): Promise<number> {
  const { work, archive, json, unreadable, now, wrote } = writing;
  const say = exportMessages();
  const table = archive.open(say.appointmentsName);
  table.write(tableHead(say.appointmentColumns));
  const list = openList(json, 'appointments');
  const today = localTime(now, work.session.practice.timeZone).day;
  let written = 0;
  for await (const page of appointmentPages(work)) {
    const entries = await Promise.all(page.map((stored) => openEntry(work.session, stored)));
    const appointments: ExportedAppointment[] = [];
    for (const entry of entries) {
      const { id, day } = entry.stored;
      if (entry.kind === 'unreadable') unreadable.push({ kind: 'appointment', id, day });
      else appointments.push(exportedAppointment(entry, work.session.userNames, today));
    }
    list.add(appointments);
    table.write(tableLines(appointments.flatMap(rowsOf)));
    written += appointments.length;
    wrote(page.length);
  }
  list.end();
  table.end();
  return written;
}

/** A line for each person, since each has a code and a consent of their own. */
function rowsOf(appointment: ExportedAppointment) {
  const { day, time, durationMinutes, practitioner, heldAt, note } = appointment;
  const { roles, consentStates } = exportMessages();
  return appointment.participants.map(({ name, role, email, telephone, code, consent }) => [
    day,
    time,
    durationMinutes,
    practitioner.name,
    heldAt,
    name,
    roles[role],
    email,
    telephone,
    code,
    consentStates[consent === null ? 'none' : consent.revokedAt === null ? 'given' : 'revoked'],
    note,
  ]);
}
