import { Notice, State } from '@sprechzimmer/design/notice.tsx';
import { LiveText } from '@sprechzimmer/design/page.tsx';
import type { OwnDevices } from '../devices/own-devices.ts';
import { pictureSize } from '../devices/picture-size.ts';
import { DeviceChoice } from '../window/device-choice.tsx';
import { messages } from './messages.ts';

/** How large the picture is, and which camera gives it. The picture itself stands beside it. */
export function CameraCheck({ own }: { own: OwnDevices }) {
  const t = messages();
  const { camera } = own.readiness.value;
  const track = own.media.camera;
  const size = pictureSize(track);
  const shown = size && `${size.width} × ${size.height}`;
  return (
    <div class="stack-tight">
      <LiveText>
        {camera === 'on' && shown && !size.isSmall && <State tone="good">{t.cameraGood(shown)}</State>}
        {camera === 'on' && shown && size.isSmall && <Notice tone="warn">{t.cameraSmall(shown)}</Notice>}
        {camera === 'off' && !own.asking.value && <State>{t.cameraOff}</State>}
      </LiveText>
      <DeviceChoice own={own} only="camera" />
    </div>
  );
}
