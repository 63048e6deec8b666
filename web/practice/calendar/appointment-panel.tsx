import { Button } from '@sprechzimmer/design/button.tsx';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import { X } from 'lucide';
import { useEffect, useRef } from 'preact/hooks';
import { type Entry, namesOf } from '../appointment/agenda.ts';
import { messages } from '../messages.ts';
import type { Work } from '../work.ts';
import { AppointmentDetails } from './appointment-details.tsx';
import { calendarMessages } from './messages.ts';
import type { MoveFlow } from './move-flow.ts';

type PanelProps = {
  work: Work;
  entry: Entry;
  flow: MoveFlow;
  /** Back to where the appointment was chosen. */
  onClose: () => void;
};

/** The chosen appointment, beside the calendar. The focus comes here, and goes back on closing. */
export function AppointmentPanel({ work, entry, flow, onClose }: PanelProps) {
  const say = calendarMessages();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), [entry.stored.id]);
  return (
    <aside
      class="card calendar-panel"
      aria-label={say.panel.label}
      onKeyDown={(event) => {
        const isInDialog = event.target instanceof Element && event.target.closest('dialog') !== null;
        if (event.key === 'Escape' && !isInDialog) onClose();
      }}
    >
      <div class="calendar-panel-head">
        <h2 ref={heading} tabIndex={-1}>
          {entry.kind === 'readable' ? <bdi>{namesOf(entry)}</bdi> : say.unreadable}
        </h2>
        <Button kind="quiet" icon={X} aria-label={say.panel.close} onClick={onClose} />
      </div>
      {entry.kind === 'readable' ? (
        <AppointmentDetails
          key={entry.stored.id}
          work={work}
          entry={entry}
          flow={flow}
          onCancelled={onClose}
        />
      ) : (
        <Notice tone="warn">{messages().today.unreadable}</Notice>
      )}
    </aside>
  );
}
