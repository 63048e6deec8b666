import { useState } from 'preact/hooks';
import type { Verdict } from '@sprechzimmer/call/connection-test.ts';
import { Button } from '@sprechzimmer/design/button.tsx';
import { Card } from '@sprechzimmer/design/page.tsx';
import type { OwnDevices } from '../devices/own-devices.ts';
import { CameraTools } from '../camera/camera-tools.tsx';
import { CameraCheck } from './camera-check.tsx';
import { LineCheck } from './line-check.tsx';
import { messages } from './messages.ts';
import { MicrophoneCheck } from './microphone-check.tsx';
import { SpeakerCheck } from './speaker-check.tsx';

type WaitingCheckProps = {
  own: OwnDevices;
  code: string;
  onVerdict: (verdict: Verdict | undefined) => void;
  onDone: () => void;
};

/** The same tests for whoever waits already; picture and level stand above. */
export function WaitingCheck({ own, code, onVerdict, onDone }: WaitingCheckProps) {
  const t = messages();
  const [toneHeard, setToneHeard] = useState<boolean>();
  return (
    <Card>
      <h2>{t.camera}</h2>
      <CameraCheck own={own} />
      <CameraTools own={own} />
      <h2>{t.microphone}</h2>
      <MicrophoneCheck own={own} withLevel={false} />
      <h2>{t.speaker}</h2>
      <SpeakerCheck own={own} heard={toneHeard} onAnswer={setToneHeard} />
      <h2>{t.connection}</h2>
      <LineCheck code={code} onVerdict={onVerdict} />
      <Button onClick={onDone}>{t.done}</Button>
    </Card>
  );
}
