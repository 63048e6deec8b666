import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { type Arrow, arrowOf, arrowOutline } from './arrow.ts';
import { messages } from './messages.ts';
import { type Area, clamp, type Place, type Point, pointOf } from './picture-area.ts';

type DrawingSurfaceProps = {
  /** Where the picture lies on this surface. */
  area: Area;
  arrows: ReadonlyMap<string, Arrow>;
  /** A stroke, a tap or a key draws; otherwise the surface is not in the way of the picture. */
  drawing: boolean;
  onDraw: (arrow: Arrow) => void;
  onLeave: () => void;
};

/** How far one key press moves the cross. */
const step = { fine: 0.01, coarse: 0.05 };
const directions: Record<string, Point> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/** The arrows over a picture, and the way to draw one: by pointer, finger or keys. */
export function DrawingSurface({ area, arrows, drawing, onDraw, onLeave }: DrawingSurfaceProps) {
  const t = messages();
  const surface = useRef<HTMLDivElement>(null);
  const start = useRef<Point | undefined>(undefined);
  const [cross, setCross] = useState<Place>();
  const [said, setSaid] = useState('');
  // Before the next key: one that came earlier than the focus would be lost.
  useLayoutEffect(() => {
    if (drawing) surface.current?.focus({ preventScroll: true });
    else setCross(undefined);
    setSaid('');
  }, [drawing]);

  function pointAt(event: PointerEvent): Point {
    const { left, top } = surface.current!.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  }

  function handleKey(event: KeyboardEvent) {
    const direction = directions[event.key];
    const { x, y } = cross ?? { x: 0.5, y: 0.5 };
    if (direction) {
      const far = event.shiftKey ? step.fine : step.coarse;
      setCross({ x: clamp(x + direction.x * far), y: clamp(y + direction.y * far) });
    } else if (event.key === 'Enter' || event.key === ' ') {
      const tip = pointOf({ x, y }, area);
      setCross({ x, y });
      onDraw(arrowOf(tip, tip, area));
      setSaid(t.drawn);
    } else if (event.key === 'Escape') onLeave();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <div
      ref={surface}
      class={`drawing-surface ${drawing ? 'drawing-surface-on' : ''}`}
      {...(drawing && {
        role: 'application',
        tabIndex: 0,
        'aria-label': t.surface,
        onKeyDown: handleKey,
        onPointerDown: (event: PointerEvent) => {
          if (!event.isPrimary || event.button !== 0) return;
          surface.current?.setPointerCapture(event.pointerId);
          const point = pointAt(event);
          start.current = point;
          onDraw(arrowOf(point, point, area));
        },
        onPointerMove: (event: PointerEvent) => {
          if (start.current) onDraw(arrowOf(start.current, pointAt(event), area));
        },
        onPointerUp: () => (start.current = undefined),
        onPointerCancel: () => (start.current = undefined),
      })}
    >
      <svg class="arrows" aria-hidden="true">
        {[...arrows].map(([whose, arrow]) => (
          <g key={whose}>
            <polygon class="arrow-edge" points={arrowOutline(arrow, area)} />
            <polygon class="arrow" points={arrowOutline(arrow, area)} />
          </g>
        ))}
        {drawing && cross && <Cross at={pointOf(cross, area)} />}
      </svg>
      <p class="unseen" role="status">
        {said}
      </p>
    </div>
  );
}

function Cross({ at: { x, y } }: { at: Point }) {
  const lines = `M${x - 18},${y}H${x + 18}M${x},${y - 18}V${y + 18}`;
  return (
    <g>
      <path class="cross-edge" d={lines} />
      <path class="cross" d={lines} />
    </g>
  );
}
