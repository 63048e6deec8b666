import { Button } from '@sprechzimmer/design/button.tsx';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import { LiveText } from '@sprechzimmer/design/page.tsx';
import { DoorOpen } from 'lucide';
import { messages as appMessages } from '../messages.ts';
import type { Work } from '../work.ts';
import { messages } from './messages.ts';
import { roomWindowName } from './room-window.ts';

/** Opens the consulting room, and says what came of it. */
export function RoomButton({ work, kind }: { work: Work; kind: 'primary' | 'secondary' }) {
  const say = messages();
  const state = work.room.state.value;
  const isOpen = state.kind === 'open' || state.kind === 'no-ticket';
  return (
    <>
      <Button kind={kind} size="large" wide icon={DoorOpen} onClick={work.room.open}>
        {isOpen ? say.show : say.open}
      </Button>
      <LiveText>
        {state.kind === 'open' ? say.opened[state.as] : <span class="quiet-text">{say.hint}</span>}
      </LiveText>
      <div role="alert">
        {state.kind === 'blocked' && (
          <Notice
            tone="warn"
            title={say.blockedTitle}
            actions={
              <a
                class="button button-secondary"
                href={work.room.address}
                target={roomWindowName}
                rel="opener"
              >
                {say.inTab}
              </a>
            }
          >
            <p>{say.blocked}</p>
            <details>
              <summary>{say.allow}</summary>
              <p>{say.allowIn[family(navigator.userAgent)]}</p>
              <p>{say.allowElse}</p>
            </details>
          </Notice>
        )}
        {state.kind === 'no-ticket' && (
          <Notice tone="bad" actions={<Button onClick={work.room.retry}>{appMessages().again}</Button>}>
            {say.ticketFailed}
          </Notice>
        )}
      </div>
    </>
  );
}

/** Whose words the way out is told in. Edge and Opera are Chromium in this too. */
function family(userAgent: string): 'chromium' | 'firefox' | 'safari' {
  if (userAgent.includes('Firefox/')) return 'firefox';
  return /Chrom(e|ium)\//.test(userAgent) ? 'chromium' : 'safari';
}
