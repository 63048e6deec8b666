import { Button } from '@sprechzimmer/design/button.tsx';
import { formatDay } from '@sprechzimmer/design/dates.ts';
import { ConfirmDialog } from '@sprechzimmer/design/dialog.tsx';
import { language } from '@sprechzimmer/design/i18n.ts';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import { ApiError } from '../api.ts';
import { namesOf } from '../appointment/agenda.ts';
import { failureSentence } from '../failure.ts';
import { calendarMessages } from './messages.ts';
import type { MoveFlow } from './move-flow.ts';

/** What a move has to ask or to say while it is not done. */
export function MoveNotices({ flow }: { flow: MoveFlow }) {
  const say = calendarMessages().move;
  const state = flow.state.value;
  return (
    <>
      <div role="alert">
        {state.kind === 'impossible' && (
          <Notice tone="warn">{`${say.problem[state.problem]} ${say.failed}`}</Notice>
        )}
        {state.kind === 'failed' && <MoveFailure error={state.error} onAgain={flow.go} />}
      </div>
      {state.kind === 'asking' && (
        <ConfirmDialog
          title={say.askTitle(namesOf(state.entry), formatDay(state.to.day, language.value))}
          confirm={say.confirm}
          cancel={say.keep}
          onConfirm={flow.go}
          onCancel={flow.leave}
        >
          {say.ask}
        </ConfirmDialog>
      )}
    </>
  );
}

function MoveFailure({ error, onAgain }: { error: unknown; onAgain: () => void }) {
  const say = calendarMessages().move;
  const code = error instanceof ApiError ? error.code : 'INTERNAL';
  if (code === 'VERSION_CONFLICT') return <Notice tone="warn">{say.conflict}</Notice>;
  if (code === 'NOT_FOUND') return <Notice tone="warn">{say.gone}</Notice>;
  const again = code === 'OFFLINE' || code === 'INTERNAL';
  const sentence = code === 'OFFLINE' ? say.offline : `${say.failed} ${failureSentence(error)}`;
  return (
    <Notice tone="bad" actions={again && <Button onClick={onAgain}>{say.again}</Button>}>
      {sentence}
    </Notice>
  );
}
