import { useSignal } from '@preact/signals';
import { Button } from '@sprechzimmer/design/button.tsx';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import type { SessionElsewhere } from '@sprechzimmer/protocol/error-data.ts';
import { failureSentence } from '../failure.ts';
import { messages } from '../messages.ts';
import { formatMoment } from '../moments.ts';

type SessionElsewhereStepProps = {
  found: SessionElsewhere;
  deviceName: string | undefined;
  onTakeOver: () => Promise<void>;
  onStay: () => void;
};

/** One session per user: going on here ends the other one, and that may be in the middle of a consultation. */
export function SessionElsewhereStep({ found, deviceName, onTakeOver, onStay }: SessionElsewhereStepProps) {
  const say = messages();
  const busy = useSignal(false);
  const failure = useSignal<unknown>(undefined);
  const since = formatMoment(new Date(found.since));

  async function takeOver(): Promise<void> {
    busy.value = true;
    failure.value = undefined;
    try {
      await onTakeOver();
    } catch (error) {
      failure.value = error;
    }
    busy.value = false;
  }

  return (
    <>
      <p>{deviceName ? say.elsewhere.at(deviceName, since) : say.elsewhere.atOther(since)}</p>
      {found.roomOpen ? (
        <Notice tone="warn" title={say.elsewhere.roomTitle}>
          {say.elsewhere.room}
        </Notice>
      ) : (
        <p>{say.elsewhere.text}</p>
      )}
      <div role="alert">
        {failure.value !== undefined && <Notice tone="bad">{failureSentence(failure.value)}</Notice>}
      </div>
      <div class="form-actions">
        <Button
          kind={found.roomOpen ? 'secondary' : 'primary'}
          busy={busy.value ? say.signIn.submitting : undefined}
          onClick={() => void takeOver()}
        >
          {found.roomOpen ? say.elsewhere.takeOverAnyway : say.elsewhere.takeOver}
        </Button>
        <Button kind={found.roomOpen ? 'primary' : 'quiet'} onClick={onStay}>
          {say.elsewhere.stay}
        </Button>
      </div>
    </>
  );
}
