import { Button } from '@sprechzimmer/design/button.tsx';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import { LiveText } from '@sprechzimmer/design/page.tsx';
import { DoorOpen } from 'lucide';
import { messages } from '../messages.ts';
import type { Work } from '../work.ts';
import { roomWindowName } from './room-window.ts';

/** Opens the consulting room, and says what came of it. */
export function RoomButton({ work, kind }: { work: Work; kind: 'primary' | 'secondary' }) {
  const say = messages();
  const state = work.room.state.value.kind;
  const isOpen = state === 'open' || state === 'no-ticket';
  return (
    <>
      <Button kind={kind} size="large" wide icon={DoorOpen} onClick={work.room.open}>
        {isOpen ? say.room.show : say.room.open}
      </Button>
      <LiveText>
        {state === 'open' ? say.room.opened : <span class="quiet-text">{say.room.hint}</span>}
      </LiveText>
      <div role="alert">
        {state === 'blocked' && (
          <Notice
            tone="warn"
            title={say.room.blockedTitle}
            actions={
              <a
                class="button button-secondary"
                href={work.room.address}
                target={roomWindowName}
                rel="opener"
              >
                {say.room.inTab}
              </a>
            }
          >
            {say.room.blocked}
          </Notice>
        )}
        {state === 'no-ticket' && (
          <Notice tone="bad" actions={<Button onClick={work.room.retry}>{say.again}</Button>}>
            {say.room.ticketFailed}
          </Notice>
        )}
      </div>
    </>
  );
}
