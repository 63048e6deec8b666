import { Button } from '@sprechzimmer/design/button.tsx';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import { LiveText, Title } from '@sprechzimmer/design/page.tsx';
import { ArrowLeft } from 'lucide';
import type { ComponentChildren } from 'preact';
import { messages } from '../messages.ts';
import type { Work } from '../work.ts';

type SubPageProps = {
  work: Work;
  title: string;
  lead?: string;
  /** Back leads here instead of to today's list. */
  onBack?: () => void;
  children: ComponentChildren;
};

/** A page one step away from today's list: the way back, what it is, what was just done. */
export function SubPage({ work, title, lead, onBack, children }: SubPageProps) {
  return (
    <>
      <div class="sub-page-head">
        <Button kind="quiet" icon={ArrowLeft} onClick={onBack ?? work.views.close}>
          {messages().back}
        </Button>
        <Title>{title}</Title>
        {lead && <p class="quiet-text">{lead}</p>}
      </div>
      <LiveText>{work.said.value && <Notice tone="good">{work.said.value}</Notice>}</LiveText>
      {children}
    </>
  );
}
