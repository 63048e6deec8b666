import { type Picture, PictureBox } from './picture.tsx';

/**
 * All that is seen and heard of the others: one picture fills the page, up to three more are tiles beside it. It lies
 * under the consultation's own page and outlives it, from the waiting room on.
 */
export function Stage({ pictures, shown }: { pictures: readonly Picture[]; shown: boolean }) {
  return (
    <div class={`stage ${shown ? '' : 'stage-unseen'}`}>
      {pictures.map((picture) => (
        <PictureBox key={picture.id} picture={picture} shown={shown} />
      ))}
    </div>
  );
}
