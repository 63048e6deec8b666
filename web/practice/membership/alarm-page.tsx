import { Notice } from '@sprechzimmer/design/notice.tsx';
import { Card, Title } from '@sprechzimmer/design/page.tsx';
import type { MembershipErrorCode } from '@sprechzimmer/membership/membership-error.ts';
import { messages } from '../messages.ts';

/** The end of the way: what the server shows is not what this practice decided. There is nothing to press. */
export function AlarmPage({ code }: { code: MembershipErrorCode }) {
  const say = messages().alarm;
  return (
    <Card>
      <Title>{say.title}</Title>
      <Notice tone="bad">{say.what[code]}</Notice>
      <p>{say.nothingLeft}</p>
      <p>
        <strong>{say.enterNothing}</strong>
      </p>
      <p>{say.call}</p>
      <p class="quiet-text">{say.sign(code)}</p>
    </Card>
  );
}
