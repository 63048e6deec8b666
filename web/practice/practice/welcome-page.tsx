import { Button } from '@sprechzimmer/design/button.tsx';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import { Card, Title } from '@sprechzimmer/design/page.tsx';
import { messages } from '../messages.ts';
import type { PracticeApp } from '../practice-app.ts';

/** A browser that is no device: a practice is registered here, or exists and has its devices elsewhere. */
export function WelcomePage({ app, lost }: { app: PracticeApp; lost: boolean }) {
  const say = messages().welcome;
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
      {!lost && (
        <Card quiet>
          <h2>{say.notReleasedTitle}</h2>
          <p>{say.notReleased}</p>
        </Card>
      )}
    </>
  );
}
