import { Card, Title } from '@sprechzimmer/design/page.tsx';
import { ArrowLeft } from 'lucide';
import { Button } from '@sprechzimmer/design/button.tsx';
import { namesOf, type ReadableEntry } from '../appointment/agenda.ts';
import { useEntry } from '../invitation/use-entry.ts';
import { Said } from '../said.tsx';
import type { Work } from '../work.ts';
import { AppointmentDetails } from './appointment-details.tsx';
import { calendarMessages } from './messages.ts';

/** One appointment on a page of its own, for screens without room beside the calendar. */
export function AppointmentPage({ work, entry: opened }: { work: Work; entry: ReadableEntry }) {
  const { entry } = useEntry(work, opened);
  return (
    <>
      <Button kind="quiet" class="calendar-back" icon={ArrowLeft} onClick={work.views.close}>
        {calendarMessages().panel.back}
      </Button>
      <Said work={work} />
      <Card>
        <Title>
          <bdi>{namesOf(entry)}</bdi>
        </Title>
        <AppointmentDetails work={work} entry={entry} onCancelled={work.views.close} />
      </Card>
    </>
  );
}
