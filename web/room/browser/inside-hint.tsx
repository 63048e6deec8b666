import { useState } from 'preact/hooks';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import { thisBrowser } from './browser.ts';
import { messages } from './messages.ts';
import { StepList } from './step-list.tsx';
import { leaveSteps } from './steps.ts';
import { TakeAlong } from './take-along.tsx';

/** Only a hint: where the camera works, the window of a mail or messenger program will do. */
export function InsideHint({ code }: { code: string | undefined }) {
  const t = messages();
  const [{ system, insideOf }] = useState(thisBrowser);
  const [isOpen, setIsOpen] = useState(false);
  if (insideOf === undefined) return null;
  return (
    <Notice>
      <p>{t.insideHint(insideOf)}</p>
      <details onToggle={(event) => setIsOpen(event.currentTarget.open)}>
        <summary>{t.showHow}</summary>
        <StepList steps={leaveSteps(system, t)} />
        {isOpen && code && <TakeAlong code={code} />}
      </details>
    </Notice>
  );
}
