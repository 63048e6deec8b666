import { Maximize, Minimize } from 'lucide';
import { Icon } from '@sprechzimmer/design/icon.tsx';
import { isFull, switchFull } from './full.ts';
import { messages } from './messages.ts';
import { onTop } from './on-top.ts';
import { type Picture, PictureBox } from './picture.tsx';
import { useTouched } from './touched.ts';

/**
 * All that is seen and heard of the others: one picture fills the page, up to three more are tiles beside it. It lies
 * under the consultation's own page and outlives it, from the waiting room on.
 */
export function Stage({ pictures, shown }: { pictures: readonly Picture[]; shown: boolean }) {
  const [touched, touch] = useTouched();
  return (
    <div
      class={`stage ${shown ? '' : 'stage-unseen'} ${touched ? 'touched' : ''}`}
      onPointerUp={({ pointerType, target }) => {
        if (pointerType !== 'mouse' && !isButton(target)) touch();
      }}
      onDblClick={() => switchFull()}
    >
      {pictures.map((picture) => (
        <PictureBox key={picture.id} picture={picture} shown={shown} />
      ))}
      {shown && onTop.value !== 'room' && <FullButton />}
    </div>
  );
}

/** One that went away under the finger would not be pressed. */
function isButton(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('button') !== null;
}

function FullButton() {
  const t = messages();
  const full = isFull.value;
  return (
    <div class="picture-tools stage-tools">
      <button type="button" class="picture-tool" aria-keyshortcuts="f" onClick={() => switchFull()}>
        <Icon node={full ? Minimize : Maximize} />
        <span class="picture-tool-word">{full ? t.notFull : t.full}</span>
      </button>
    </div>
  );
}
