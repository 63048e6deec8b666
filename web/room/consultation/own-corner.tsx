import { useState } from 'preact/hooks';
import { messages } from '../messages.ts';
import type { OwnDevices } from '../devices/own-devices.ts';
import { StreamVideo } from '../devices/stream-video.tsx';

const corners = ['end-bottom', 'end-top', 'start-top', 'start-bottom'] as const;

/** The own picture in a corner; pressing it moves it out of the way into the next one. */
export function OwnCorner({ own }: { own: OwnDevices }) {
  const t = messages();
  const [turns, setTurns] = useState(0);
  const corner = corners[turns % corners.length] ?? 'end-bottom';
  return (
    <div class={`own-corner own-corner-${corner}`}>
      <StreamVideo stream={own.media.stream} label={t.devices.ownPicture} own />
      {own.readiness.value.camera !== 'on' && <p class="own-corner-off">{t.devices.cameraIsOff}</p>}
      <button
        type="button"
        class="own-corner-move"
        aria-label={t.consultation.moveOwnPicture}
        title={t.consultation.moveOwnPicture}
        onClick={() => setTurns(turns + 1)}
      />
    </div>
  );
}
