import { useSignal } from '@preact/signals';
import { Button } from '@sprechzimmer/design/button.tsx';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import { useEffect, useId, useRef } from 'preact/hooks';
import { failureSentence } from '../failure.ts';
import { messages } from '../messages.ts';
import { cropOf, drawCrop, encodeJpeg } from './crop.ts';

type PictureCropProps = {
  picture: ImageBitmap;
  onKeep: (jpeg: Uint8Array) => Promise<void>;
  onCancel: () => void;
};

const maxZoom = 4;
const nudge = 0.03;
const nudges: Record<string, [number, number]> = {
  ArrowLeft: [-nudge, 0],
  ArrowRight: [nudge, 0],
  ArrowUp: [0, -nudge],
  ArrowDown: [0, nudge],
};

/** A square of the picture: dragged or moved with the arrow keys, and zoomed. What is seen is what is kept. */
export function PictureCrop({ picture, onKeep, onCancel }: PictureCropProps) {
  const say = messages();
  const canvas = useRef<HTMLCanvasElement>(null);
  const zoomId = useId();
  const zoom = useSignal(1);
  const centre = useSignal({ x: 0.5, y: 0.5 });
  const busy = useSignal(false);
  const failure = useSignal<unknown>(undefined);
  const crop = cropOf(picture, zoom.value, centre.value);
  useEffect(() => {
    if (canvas.current) drawCrop(canvas.current, picture, crop);
  }, [picture, crop.left, crop.top, crop.side]);

  /** @param x to the right and @param y down, in widths of the square */
  function move(x: number, y: number): void {
    const left = crop.left + crop.side / 2 + x * crop.side;
    const top = crop.top + crop.side / 2 + y * crop.side;
    const clamp = (value: number) => Math.min(Math.max(value, 0), 1);
    centre.value = { x: clamp(left / picture.width), y: clamp(top / picture.height) };
  }
  async function keep(): Promise<void> {
    if (!canvas.current) return;
    busy.value = true;
    failure.value = undefined;
    try {
      await onKeep(await encodeJpeg(canvas.current));
    } catch (error) {
      failure.value = error;
      busy.value = false;
    }
  }

  return (
    <div class="stack">
      <canvas
        ref={canvas}
        class="picture-crop"
        role="img"
        tabIndex={0}
        aria-label={say.own.preview}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={(event) => {
          if (event.buttons === 0) return;
          const { clientWidth } = event.currentTarget;
          move(-event.movementX / clientWidth, -event.movementY / clientWidth);
        }}
        onKeyDown={(event) => {
          const step = nudges[event.key];
          if (!step) return;
          event.preventDefault();
          move(...step);
        }}
      />
      <div class="field">
        <label class="field-label" for={zoomId}>
          {say.own.zoom}
        </label>
        <input
          id={zoomId}
          type="range"
          class="range"
          min="1"
          max={maxZoom}
          step="0.05"
          value={zoom.value}
          onInput={(event) => (zoom.value = event.currentTarget.valueAsNumber)}
        />
      </div>
      <div role="alert">
        {failure.value !== undefined && <Notice tone="bad">{failureSentence(failure.value)}</Notice>}
      </div>
      <div class="form-actions">
        <Button kind="primary" busy={busy.value ? say.confirm.busy : undefined} onClick={() => void keep()}>
          {say.own.usePicture}
        </Button>
        <Button kind="quiet" onClick={onCancel}>
          {say.cancel}
        </Button>
      </div>
    </div>
  );
}
