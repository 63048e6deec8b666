import { Button } from '@sprechzimmer/design/button.tsx';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import { LiveText } from '@sprechzimmer/design/page.tsx';
import type { Work } from './work.ts';

/** What was just done, in one sentence, with what can be done about it. It stays until the next step. */
export function Said({ work }: { work: Work }) {
  const sentence = work.said.value;
  const { tone, offers } = work.saidMore.value;
  const actions = offers.map(({ label, choose }) => (
    <Button key={label} onClick={choose}>
      {label}
    </Button>
  ));
  return (
    <LiveText>
      {sentence !== undefined && (
        <Notice tone={tone} actions={actions.length > 0 && actions}>
          {sentence}
        </Notice>
      )}
    </LiveText>
  );
}
