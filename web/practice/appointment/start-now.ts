import { withNewestKey } from '../membership/with-newest-key.ts';
import { usualPractitioner } from '../user/users.ts';
import type { Work } from '../work.ts';
import { localTime, minutesOf } from './calendar-day.ts';
import { type AppointmentForm, emptyForm, type Person, readForm } from './form.ts';
import { formRules } from './form-rules.ts';
import { newDraft, saveDraft } from './save.ts';

/**
 * An appointment for this moment, 20 minutes or what is left of the day, with its invitation and the consulting room.
 * Where the person is not known yet, or the server does not answer, the form asks. Call it in the click itself:
 * browsers open windows only then.
 */
export async function startNow(work: Work, person?: Person): Promise<void> {
  const form = formForNow(work, person);
  const reading = readForm(form, formRules(work));
  const editing = { draft: newDraft(), opened: form, form, startsNow: true } as const;
  work.say(undefined);
  if (!person || reading.kind === 'problems') {
    work.views.open({ kind: 'form', editing });
    return;
  }
  openRoom(work);
  try {
    const { draft } = editing;
    const saved = await withNewestKey(work, () => saveDraft(work.client, work.session, draft, reading.wish));
    void work.agenda.refresh();
    work.views.open({ kind: 'invitation', entry: saved });
  } catch {
    // The form is the same attempt: it says what went wrong when it is tried there.
    work.views.open({ kind: 'form', editing });
  }
}

/** Only who holds consultations has a room. */
export function openRoom(work: Work): void {
  if (work.session.user.role === 'practitioner') work.room.open();
}

function formForNow(work: Work, person: Person | undefined): AppointmentForm {
  const { day, time } = localTime(work.clock.value, work.session.practice.timeZone);
  const practitionerId = usualPractitioner(work.session);
  const form = emptyForm(day, practitionerId, person && pick(person));
  const left = 1440 - minutesOf(time);
  return { ...form, time, durationMinutes: String(Math.min(Number(form.durationMinutes), left)) };
}

/** A participant of another appointment is a person, too: their code stays behind. */
function pick({ name, email, telephone, language, contactId }: Person): Person {
  return { name, email, telephone, language, ...(contactId ? { contactId } : {}) };
}
