import { useEffect, useState } from 'preact/hooks';
import { Flashlight, SwitchCamera } from 'lucide';
import type { LocalMedia } from '@sprechzimmer/call/local-media.ts';
import { Button } from '@sprechzimmer/design/button.tsx';
import { Checkbox } from '@sprechzimmer/design/fields.tsx';
import { catalogue } from '@sprechzimmer/design/i18n.ts';
import { canBlur, setBlurred } from '../blur/blur.ts';
import type { OwnDevices } from '../devices/own-devices.ts';

const german = {
  turn: { user: 'Kamera nach hinten richten', environment: 'Kamera auf mich richten' },
  light: 'Licht',
  blur: 'Hintergrund unscharf',
  preparing: 'Einen Moment: Der Hintergrund wird gleich unscharf.',
};
const english = {
  turn: { user: 'Use the back camera', environment: 'Use the front camera' },
  light: 'Light',
  blur: 'Blur the background',
  preparing: 'One moment: the background will soon be blurred.',
} satisfies typeof german;
const messages = catalogue(german, english);

/** What one's camera can do beside being on: the blurred room; on a phone the other side, and its light. */
export function CameraTools({ own: { media, readiness, background } }: { own: OwnDevices }) {
  const t = messages();
  const cameras = useCameraCount(readiness.value.camera);
  const state = background.state.value;
  const isOn = readiness.value.camera === 'on';
  return (
    <div class="stack-tight">
      {cameras > 1 && matchMedia('(pointer: coarse)').matches && (
        <div class="row">
          <Button icon={SwitchCamera} onClick={() => void turn(media)}>
            {t.turn[media.facing]}
          </Button>
          {isOn && <Torch media={media} />}
        </div>
      )}
      {canBlur && (
        <Checkbox
          label={t.blur}
          checked={state === 'preparing' || state === 'blurred'}
          onChange={(blurred) => void setBlurred(media, background, blurred)}
        />
      )}
      <p class="quiet-text" role="status">
        {state === 'preparing' && t.preparing}
      </p>
    </div>
  );
}

/** By where it looks; where cameras do not say that, simply another one. */
async function turn(media: LocalMedia): Promise<void> {
  const before = media.facing;
  await media.setFacing(before === 'user' ? 'environment' : 'user');
  if (media.facing !== before) return;
  const current = media.camera?.getSettings().deviceId;
  const devices = await navigator.mediaDevices.enumerateDevices();
  const other = devices.find(({ kind, deviceId }) => kind === 'videoinput' && deviceId !== current);
  if (other) await media.useCamera(other.deviceId);
}

/** Not in TypeScript's library (W3C MediaStream Image Capture, section 7). */
type Lit = { torch?: boolean };

/** The light beside a back camera, where it has one. */
function Torch({ media }: { media: LocalMedia }) {
  const [lit, setLit] = useState(false);
  const { camera } = media;
  useEffect(() => setLit(false), [camera]);
  if (!(camera?.getCapabilities?.() as Lit | undefined)?.torch) return null;
  const light = () =>
    camera?.applyConstraints({ advanced: [{ torch: !lit } as MediaTrackConstraintSet] }).then(
      () => setLit(!lit),
      () => {},
    );
  return (
    <Button icon={Flashlight} aria-pressed={lit} onClick={() => void light()}>
      {messages().light}
    </Button>
  );
}

function useCameraCount(camera: string): number {
  const [count, setCount] = useState(0);
  useEffect(() => {
    navigator.mediaDevices.enumerateDevices().then(
      (devices) => setCount(devices.filter(({ kind }) => kind === 'videoinput').length),
      () => {},
    );
  }, [camera]);
  return count;
}
