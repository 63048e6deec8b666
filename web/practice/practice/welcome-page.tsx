import { Button } from '@sprechzimmer/design/button.tsx';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import { Card, Title } from '@sprechzimmer/design/page.tsx';
import { deviceMessages } from '../device/messages.ts';
import { messages } from '../messages.ts';
import type { PracticeApp } from '../practice-app.ts';

/** A browser that is no device: a practice is registered here, or exists and has its devices elsewhere. */
export function WelcomePage({ app, lost }: { app: PracticeApp; lost: boolean }) {
  const say = messages().welcome;
  const { join, recover } = deviceMessages();
  return (
    <>
      {lost && (
        <Notice tone="warn" title={say.lostTitle}>
          {say.lost}
        </Notice>
      )}
      <Card>
        <Title>{say.title}</Title>
        <p class="lead">{say.lead}</p>
        <div class="stack-tight">
          <Button kind="primary" size="large" wide onClick={app.register}>
            {say.register}
          </Button>
          <p class="quiet-text">{say.registerHint}</p>
        </div>
      </Card>
      <Card quiet>
        <h2>{join.offerTitle}</h2>
        <p>{join.offer}</p>
        <Button wide onClick={app.join}>
          {join.start}
        </Button>
        <div class="stack-tight">
          <Button kind="quiet" wide onClick={app.recover}>
            {recover.offer}
          </Button>
          <p class="quiet-text">{recover.offerHint}</p>
        </div>
      </Card>
    </>
  );
}
