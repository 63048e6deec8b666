import { signal } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Move, SlidersHorizontal } from 'lucide';
import { Icon } from '@sprechzimmer/design/icon.tsx';
import type { OwnDevices } from '../devices/own-devices.ts';
import { StreamVideo } from '../devices/stream-video.tsx';
import { messages as roomMessages } from '../messages.ts';
import { type Corner, cornerTowards, nearestCorner, nextCorner } from './corners.ts';
import { messages } from './messages.ts';
import { useTouched } from './touched.ts';

/** A pointer that moves less than this has only pressed. */
const stillPx = 6;

/** Some find it hard to look at themselves. For this conversation only: next time one sees again what others see. */
export const isOwnHidden = signal(false);

/** The own picture in a corner. Dragged, or with its button or the arrow keys, it goes into another one. */
export function OwnCorner({ own, onDevices }: { own: OwnDevices; onDevices: () => void }) {
  const t = roomMessages();
  const { ownTools } = messages();
  const [corner, setCorner] = useState<Corner>('end-bottom');
  const [touched, touch] = useTouched();
  const drag = useDrag(setCorner, touch);
  useEffect(() => () => void (isOwnHidden.value = false), []);
  if (isOwnHidden.value) return null;
  return (
    <div class={`own-corner own-corner-${corner} ${touched ? 'touched' : ''}`} {...drag}>
      <StreamVideo stream={own.media.stream} label={t.devices.ownPicture} own />
      {own.readiness.value.camera !== 'on' && <p class="own-corner-off">{t.devices.cameraIsOff}</p>}
      <div class="picture-tools">
        <button
          type="button"
          class="picture-tool"
          aria-label={ownTools.devices}
          title={ownTools.devices}
          onClick={onDevices}
        >
          <Icon node={SlidersHorizontal} />
        </button>
        <button
          type="button"
          class="picture-tool"
          aria-label={t.consultation.moveOwnPicture}
          title={t.consultation.moveOwnPicture}
          onClick={() => setCorner(nextCorner)}
          onKeyDown={({ key }) => setCorner((now) => cornerTowards(now, key) ?? now)}
        >
          <Icon node={Move} />
        </button>
      </div>
    </div>
  );
}

/** Follows a finger or a pressed mouse, and settles in the corner next to where it is let go. */
function useDrag(onCorner: (corner: Corner) => void, onTouch: () => void) {
  const from = useRef<{ x: number; y: number; moves: boolean } | undefined>(undefined);
  const settle = (element: HTMLElement) => {
    from.current = undefined;
    element.style.removeProperty('transform');
  };
  return {
    onPointerDown: (event: PointerEvent) => {
      const { target, clientX, clientY, button } = event;
      if (button !== 0 || (target instanceof Element && target.closest('button'))) return;
      from.current = { x: clientX, y: clientY, moves: false };
      (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    },
    onPointerMove: (event: PointerEvent) => {
      const start = from.current;
      if (!start) return;
      const [x, y] = [event.clientX - start.x, event.clientY - start.y];
      start.moves ||= Math.hypot(x, y) > stillPx;
      if (start.moves) {
        const { style } = event.currentTarget as HTMLElement;
        style.setProperty('transform', `translate(${x}px, ${y}px)`);
      }
    },
    onPointerUp: (event: PointerEvent) => {
      const element = event.currentTarget as HTMLElement;
      const stage = element.parentElement;
      if (from.current?.moves && stage)
        onCorner(nearestCorner(element.getBoundingClientRect(), stage.getBoundingClientRect()));
      else if (from.current && event.pointerType !== 'mouse') onTouch();
      settle(element);
    },
    onPointerCancel: (event: PointerEvent) => settle(event.currentTarget as HTMLElement),
  };
}
