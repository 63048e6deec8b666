import { LevelBar } from '@sprechzimmer/design/level-bar.tsx';
import { messages } from '../messages.ts';
import { DeviceSwitch } from './device-switch.tsx';
import type { OwnDevices } from './own-devices.ts';
import { StreamVideo } from './stream-video.tsx';

/** The own picture, a bar that moves with the voice, and what both mean in a sentence. */
export function SelfCheck({ own }: { own: OwnDevices }) {
  const t = messages().devices;
  const { microphone } = own.readiness.value;
  return (
    <section class="self-check" aria-label={t.ownPicture}>
      <SelfPicture own={own} />
      <LevelBar level={own.level} />
      <p class="quiet-text" role="status">
        {microphone === 'off' && !own.asking.value && t.microphoneIsOff}
        {microphone === 'on' && (own.heard.value ? t.heard : t.speak)}
      </p>
      <div class="row">
        <DeviceSwitch device="microphone" own={own} />
        <DeviceSwitch device="camera" own={own} />
      </div>
    </section>
  );
}

/** As in a mirror; where there is no picture, why. */
export function SelfPicture({ own }: { own: OwnDevices }) {
  const t = messages().devices;
  const { camera } = own.readiness.value;
  return (
    <div class="self-picture">
      <StreamVideo stream={own.media.stream} label={t.ownPicture} own />
      {camera !== 'on' && (
        <p class="self-picture-off">
          {own.asking.value ? t.asking : camera === 'off' ? t.cameraIsOff : t.noPicture}
        </p>
      )}
    </div>
  );
}
