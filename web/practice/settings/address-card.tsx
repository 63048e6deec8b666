import { useSignal } from '@preact/signals';
import { Checkbox } from '@sprechzimmer/design/fields.tsx';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import { Card } from '@sprechzimmer/design/page.tsx';
import { failureSentence } from '../failure.ts';
import { practiceProfileOf, saveProfile } from '../practice/profiles.ts';
import type { Work } from '../work.ts';
import { addressMessages } from './address-messages.ts';

/** Whether each side of a consultation may learn the other's address. */
export function AddressCard({ work }: { work: Work }) {
  const say = addressMessages();
  const failure = useSignal<unknown>(undefined);
  const { practice, view } = work.session;
  const { hideAddress } = practice;
  const { hasRelay } = view.practice;
  async function hide(next: boolean): Promise<void> {
    failure.value = undefined;
    try {
      const profile = { ...practiceProfileOf(work), hideAddress: next };
      await saveProfile(work, 'practice', practice.id, profile);
      work.say(say.saved);
    } catch (error) {
      failure.value = error;
    }
  }
  return (
    <Card>
      <h2>{say.title}</h2>
      <Checkbox
        label={say.hide}
        checked={hideAddress}
        disabled={!hasRelay && !hideAddress}
        onChange={(next) => void hide(next)}
      />
      {!hasRelay && (
        <Notice tone={hideAddress ? 'bad' : 'info'}>{hideAddress ? say.relayGone : say.noRelay}</Notice>
      )}
      <p class="quiet-text">{say.usual}</p>
      <p class="quiet-text">
        {say.hidden} {say.cost}
      </p>
      <p class="quiet-text">{say.from}</p>
      <div role="alert">
        {failure.value !== undefined && <Notice tone="bad">{failureSentence(failure.value)}</Notice>}
      </div>
    </Card>
  );
}
