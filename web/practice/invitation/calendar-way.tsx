import { Button } from '@sprechzimmer/design/button.tsx';
import { LiveText } from '@sprechzimmer/design/page.tsx';
import { CalendarPlus, Download } from 'lucide';
import { invitationMessages } from './messages.ts';
import { saveFile } from './save-file.ts';
import { invitationFile } from './texts.ts';
import { LastSent, Way, type WayProps } from './way.tsx';

export function CalendarWay({ work, entry, participant, note }: WayProps) {
  const say = invitationMessages().calendarFile;
  function save(): void {
    const { code, language } = participant;
    const file = invitationFile(work.session, { ...entry.stored, ...entry.record }, language, code);
    saveFile(`${say.fileName}-${entry.stored.day}.ics`, 'text/calendar', file);
    note('calendar-file');
  }
  return (
    <Way icon={CalendarPlus} title={say.title}>
      {() => (
        <>
          <p>{say.lead}</p>
          <Button icon={Download} onClick={save}>
            {say.download}
          </Button>
          <LiveText>
            <LastSent participant={participant} way="calendar-file" />
          </LiveText>
        </>
      )}
    </Way>
  );
}
