import { effect, type ReadonlySignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';

/**
 * A bar that moves with the voice. It is drawn past the component tree, since it moves 20 times a second, and hidden
 * from screen readers: say beside it in words whether the microphone hears.
 * @param level 0 to 1
 */
export function LevelBar({ level }: { level: ReadonlySignal<number> }) {
  const fill = useRef<HTMLDivElement>(null);
  useEffect(
    () =>
      effect(() => {
        const share = Math.min(1, Math.max(0, level.value));
        if (fill.current) fill.current.style.transform = `scaleX(${share.toFixed(3)})`;
      }),
    [level],
  );
  return (
    <div class="level-bar" aria-hidden="true">
      <div class="level-bar-fill" ref={fill} />
    </div>
  );
}
