import { Button } from '@sprechzimmer/design/button.tsx';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import { useRef } from 'preact/hooks';
import type { Work } from './work.ts';

/** What was just done, in one sentence, with what can be done about it. It stays until the next step. */
export function Said({ work }: { work: Work }) {
  const frame = useRef<HTMLDivElement>(null);
  const sentence = work.said.value;
  const { tone, offers } = work.saidMore.value;
  const actions = offers.map(({ label, choose }) => (
    <Button
      key={label}
      onClick={() => {
        frame.current?.focus(); // the button goes with its sentence; the next one comes here
        choose();
      }}
    >
      {label}
    </Button>
  ));
  return (
    <div ref={frame} role="status" tabIndex={-1} class="said">
      {sentence !== undefined && (
        <Notice tone={tone} actions={actions.length > 0 && actions}>
          {sentence}
        </Notice>
      )}
    </div>
  );
}
