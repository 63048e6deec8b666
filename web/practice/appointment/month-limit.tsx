import { useSignal } from '@preact/signals';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import { useEffect } from 'preact/hooks';
import { PlanRequest } from '../settings/plan-request.tsx';
import type { Work } from '../work.ts';
import { addDays, isCalendarDay, localTime } from './calendar-day.ts';
import { formMessages } from './form-messages.ts';

/** Says before anything is saved that the month of a day takes no new appointment any more. */
export function MonthLimit({ work, day }: { work: Work; day: string }) {
  const say = formMessages();
  const { maxConsultationsPerMonth: max, id } = work.session.view.practice.plan;
  const taken = useSignal(0);
  const month = isCalendarDay(day) ? day.slice(0, 7) : '';
  useEffect(() => {
    taken.value = 0;
    if (max === null || month === '') return undefined;
    let isWanted = true;
    void countTaken(work, month).then(
      (count) => isWanted && (taken.value = count),
      () => undefined, // the server says it again when it is saved
    );
    return () => {
      isWanted = false;
    };
  }, [month, max]);
  if (max === null || taken.value < max) return null;
  return (
    <Notice tone="warn">
      <p>{say.monthFull(max)}</p>
      {work.session.user.isMain && id !== 'plus' && (
        <PlanRequest work={work} requested={say.requested} kind="quiet" />
      )}
    </Notice>
  );
}

/** Of a month to come nothing has been held: what is planned are its appointments. */
async function countTaken({ client, clock, session }: Work, month: string): Promise<number> {
  const today = localTime(clock.value, session.practice.timeZone).day;
  if (month === today.slice(0, 7)) {
    const { held, planned } = await client.billing.usage({});
    return held + planned;
  }
  const from = `${month}-01`;
  const { appointments } = await client.appointment.list({ from, to: addDays(from, 30) });
  return appointments.filter(({ day }) => day.startsWith(month)).length;
}
