import { Notice } from '@sprechzimmer/design/notice.tsx';
import { useId } from 'preact/hooks';
import type { Total } from './lines.ts';
import { billingMessages } from './messages.ts';

/** Of the cap: from here on it is worth a word. */
const nearShare = 0.8;

/** The whole practice's number beside the cap; `cap` is in percent. */
export function PracticeTotal({ total, cap }: { total: Total; cap: number | undefined }) {
  const say = billingMessages();
  const headingId = useId();
  const { consultations, share } = total;
  return (
    <div class="count-line stack" role="group" aria-labelledby={headingId}>
      <h2 id={headingId}>{say.total}</h2>
      <dl class="count-numbers">
        <div>
          <dt>{say.consultations}</dt>
          <dd>{consultations}</dd>
        </div>
        <div>
          <dt>{say.share}</dt>
          <dd>{share === undefined ? say.shareUnknown : say.shareOf(share)}</dd>
        </div>
      </dl>
      <div role="status">{cap !== undefined && share !== undefined && capNotice(share, cap)}</div>
    </div>
  );
}

function capNotice(share: number, cap: number) {
  const say = billingMessages();
  if (share > cap) return <Notice tone="warn">{say.over(share, cap)}</Notice>;
  return share >= nearShare * cap ? <Notice>{say.near(share, cap)}</Notice> : null;
}
