import { useSignal } from '@preact/signals';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import { LiveText } from '@sprechzimmer/design/page.tsx';
import type { UserId } from '@sprechzimmer/protocol/ids.ts';
import { useEffect } from 'preact/hooks';
import type { Entry } from '../appointment/agenda.ts';
import { isCalendarDay } from '../appointment/calendar-day.ts';
import type { Work } from '../work.ts';
import { entriesOf } from './find-overlapping.ts';
import { calendarMessages } from './messages.ts';
import { overlapSentence } from './overlap-sentence.ts';
import { overlapping } from './slot.ts';

type OverlapWarningProps = {
  work: Work;
  /** As typed: it may not be a day or a time yet. */
  day: string;
  time: string;
  durationMinutes: number;
  practitionerId: UserId;
  /** The appointment that is being changed. */
  except: string | undefined;
};

/** Says when the practitioner has another appointment at that time. It forbids nothing. */
export function OverlapWarning({ work, ...wish }: OverlapWarningProps) {
  const { day, time, durationMinutes, practitionerId, except } = wish;
  const entries = useSignal<Entry[]>([]);
  useEffect(() => {
    let isOver = false;
    entries.value = [];
    if (!isCalendarDay(day)) return undefined;
    entriesOf(work, practitionerId, day).then(
      (found) => {
        if (!isOver) entries.value = found;
      },
      () => undefined, // without an answer there is nothing to warn of
    );
    return () => {
      isOver = true;
    };
  }, [day, practitionerId]);
  const isSlot = isCalendarDay(day) && /^\d\d:\d\d$/.test(time) && durationMinutes > 0;
  const slot = { day, time, durationMinutes, practitionerId };
  const others = isSlot ? overlapping(entries.value, slot, work.session.practice.timeZone, except) : [];
  return (
    <LiveText>
      {others.length > 0 && (
        <Notice tone="warn" title={calendarMessages().overlap.title}>
          {overlapSentence(work, practitionerId, others)}
        </Notice>
      )}
    </LiveText>
  );
}
