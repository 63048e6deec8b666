import { useState } from 'preact/hooks';
import { Check, Volume2, X } from 'lucide';
import { Button } from '@sprechzimmer/design/button.tsx';
import { Notice, State } from '@sprechzimmer/design/notice.tsx';
import { LiveText } from '@sprechzimmer/design/page.tsx';
import type { OwnDevices } from '../devices/own-devices.ts';
import { DeviceChoice } from '../window/device-choice.tsx';
import { messages } from './messages.ts';
import { playTones } from './tones.ts';

type SpeakerCheckProps = {
  own: OwnDevices;
  heard: boolean | undefined;
  onAnswer: (heard: boolean | undefined) => void;
};

/** Only the person can tell whether a loudspeaker sounds. */
export function SpeakerCheck({ own, heard, onAnswer }: SpeakerCheckProps) {
  const t = messages();
  const [stage, setStage] = useState<'new' | 'playing' | 'played'>('new');
  async function play() {
    onAnswer(undefined);
    setStage('playing');
    await playTones().catch(() => undefined);
    setStage('played');
  }
  return (
    <div class="stack-tight">
      <p>{t.speakerLead}</p>
      <div>
        <Button icon={Volume2} onClick={() => void play()}>
          {stage === 'new' ? t.playTone : t.playAgain}
        </Button>
      </div>
      {stage !== 'new' && heard === undefined && (
        <fieldset class="check-question">
          <legend>{t.question}</legend>
          <div class="row">
            <Button icon={Check} onClick={() => onAnswer(true)}>
              {t.yes}
            </Button>
            <Button icon={X} onClick={() => onAnswer(false)}>
              {t.no}
            </Button>
          </div>
        </fieldset>
      )}
      <LiveText>
        {heard === true && <State tone="good">{t.speakerGood}</State>}
        {heard === false && <Notice tone="warn">{t.speakerRemedy}</Notice>}
      </LiveText>
      <DeviceChoice own={own} only="speaker" />
    </div>
  );
}
