import { useSignal } from '@preact/signals';
import { Button } from '@sprechzimmer/design/button.tsx';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import { longDay } from '../consent/long-day.ts';
import { failureSentence } from '../failure.ts';
import { messages } from '../messages.ts';
import type { Work } from '../work.ts';
import { retentionMessages } from './messages.ts';

/** As long as the practice is about to be deleted: when, and who can take that back. */
export function DeletionNotice({ work }: { work: Work }) {
  const say = retentionMessages().end;
  const busy = useSignal(false);
  const failure = useSignal<unknown>(undefined);
  const { session } = work;
  const dueAt = session.view.practice.deletionDueAt;
  if (dueAt === null) return null;
  const { isMain } = session.user;

  async function undo(): Promise<void> {
    busy.value = true;
    failure.value = undefined;
    try {
      await work.client.practiceDeletion.undo({});
      await work.reload();
      work.say(say.undone);
    } catch (error) {
      failure.value = error;
    }
    busy.value = false;
  }
  return (
    <>
      <Notice
        tone="bad"
        title={say.pending(longDay(dueAt))}
        actions={
          isMain && (
            <Button busy={busy.value ? messages().confirm.busy : undefined} onClick={() => void undo()}>
              {say.undo}
            </Button>
          )
        }
      >
        {isMain
          ? say.pendingMain
          : say.pendingOthers(session.userNames.get(session.membership.mainUserId) ?? '')}
      </Notice>
      <div role="alert">
        {failure.value !== undefined && <Notice tone="bad">{failureSentence(failure.value)}</Notice>}
      </div>
    </>
  );
}
