import { useEffect, useState } from 'preact/hooks';
import { LevelBar } from '@sprechzimmer/design/level-bar.tsx';
import { Notice, State } from '@sprechzimmer/design/notice.tsx';
import { LiveText } from '@sprechzimmer/design/page.tsx';
import type { OwnDevices } from '../devices/own-devices.ts';
import { DeviceChoice } from '../window/device-choice.tsx';
import { messages } from './messages.ts';

/** Whoever was asked to speak has done so by then. */
const silentAfterMs = 8_000;

/** A level that moves proves sound; that the microphone is on proves nothing. */
export function MicrophoneCheck({ own, withLevel }: { own: OwnDevices; withLevel: boolean }) {
  const t = messages();
  const { microphone } = own.readiness.value;
  const track = own.media.tracks.audio;
  const heard = own.heard.value;
  const [isSilent, setIsSilent] = useState(false);
  useEffect(() => {
    setIsSilent(false);
    if (microphone !== 'on' || heard) return undefined;
    const timer = setTimeout(() => setIsSilent(true), silentAfterMs);
    return () => clearTimeout(timer);
  }, [microphone, heard, track]);
  return (
    <div class="stack-tight">
      {withLevel && microphone === 'on' && <p>{t.microphoneSpeak}</p>}
      {withLevel && <LevelBar level={own.level} />}
      <LiveText>
        {microphone === 'on' && heard && <State tone="good">{t.microphoneHeard}</State>}
        {microphone === 'on' && isSilent && <Notice tone="warn">{t.microphoneSilent}</Notice>}
        {microphone === 'off' && !own.asking.value && <State>{t.microphoneOff}</State>}
      </LiveText>
      <DeviceChoice own={own} only="microphone" />
    </div>
  );
}
