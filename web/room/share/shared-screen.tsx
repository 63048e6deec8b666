import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Eraser, Maximize, MousePointer2, ScreenShareOff, ZoomIn, ZoomOut } from 'lucide';
import type { Talk } from '@sprechzimmer/call/talk.ts';
import { Button } from '@sprechzimmer/design/button.tsx';
import { isFull, switchFull } from '../consultation/full.ts';
import { usePictureShape } from '../consultation/use-picture-shape.ts';
import { openArrows } from './arrows.ts';
import { DrawingSurface } from './drawing-surface.tsx';
import { messages } from './messages.ts';
import { type Area, pictureArea } from './picture-area.ts';

type SharedScreenProps = {
  stream: MediaStream;
  port: Talk;
  /** Whose it is, or what became of one's own. */
  title: string;
  /** One's own: what the others see, and the end of it. */
  onStop: (() => void) | undefined;
};

/** Of what fills the page. */
const zooms = [1, 1.5, 2, 3, 4] as const;

/** A shared screen as large as the page allows, with an arrow that everybody can draw over it. */
export function SharedScreen({ stream, port, title, onStop }: SharedScreenProps) {
  const t = messages();
  const arrows = useMemo(() => openArrows(port), [stream]);
  useEffect(() => arrows.close, [arrows]);
  const [zoom, setZoom] = useState(0);
  const [drawing, setDrawing] = useState(false);
  const drawn = arrows.shown.value.size > 0;

  return (
    <section class="shared-screen" aria-label={t.picture}>
      <header class={`shared-screen-head ${onStop ? 'shared-screen-head-own' : ''}`}>
        <p class="shared-screen-title" role="status">
          {title}
        </p>
        {onStop && (
          <Button kind="danger" icon={ScreenShareOff} onClick={onStop}>
            {t.stop}
          </Button>
        )}
      </header>
      <ScreenPicture stream={stream} zoom={zooms[zoom] ?? 1} own={onStop !== undefined}>
        {(area) => (
          <DrawingSurface
            area={area}
            arrows={arrows.shown.value}
            drawing={drawing}
            onDraw={arrows.draw}
            onLeave={() => setDrawing(false)}
          />
        )}
      </ScreenPicture>
      {drawing && <p class="shared-screen-hint">{t.drawing}</p>}
      <div class="shared-screen-tools">
        <Button icon={MousePointer2} aria-pressed={drawing} onClick={() => setDrawing(!drawing)}>
          {t.arrow}
        </Button>
        <Button icon={Eraser} aria-disabled={!drawn} onClick={arrows.clear}>
          {t.clear}
        </Button>
        <Button
          icon={ZoomIn}
          aria-disabled={zoom === zooms.length - 1}
          onClick={() => setZoom(Math.min(zoom + 1, zooms.length - 1))}
        >
          {t.larger}
        </Button>
        <Button icon={ZoomOut} aria-disabled={zoom === 0} onClick={() => setZoom(Math.max(zoom - 1, 0))}>
          {t.smaller}
        </Button>
        <Button icon={Maximize} onClick={() => switchFull()}>
          {isFull.value ? t.leaveFullScreen : t.fullScreen}
        </Button>
      </div>
    </section>
  );
}

type ScreenPictureProps = {
  stream: MediaStream;
  zoom: number;
  own: boolean;
  children: (area: Area) => preact.ComponentChildren;
};

/** The picture, whole at first; larger ones are scrolled. */
function ScreenPicture({ stream, zoom, own, children }: ScreenPictureProps) {
  const t = messages();
  const video = useRef<HTMLVideoElement>(null);
  const sheet = useRef<HTMLDivElement>(null);
  const [area, setArea] = useState<Area>();
  usePictureShape(video, stream, (picture, place) => setArea(pictureArea(picture, place)));
  useEffect(() => sheet.current?.style.setProperty('--zoom', String(zoom)), [zoom]);
  return (
    <div class="shared-screen-scroller" tabIndex={0} role="group" aria-label={t.picture}>
      <div ref={sheet} class="shared-screen-sheet">
        <video ref={video} class="picture picture-contain" autoplay playsInline muted={own} />
        {area ? children(area) : <p class="shared-screen-coming">{t.coming}</p>}
      </div>
    </div>
  );
}
