import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { ArrowRight } from 'lucide';
import type { Verdict } from '@sprechzimmer/call/connection-test.ts';
import type { CodeReading } from '@sprechzimmer/crypto/code.ts';
import { Button, ButtonLink } from '@sprechzimmer/design/button.tsx';
import { LanguageSwitch } from '@sprechzimmer/design/language-switch.tsx';
import { State } from '@sprechzimmer/design/notice.tsx';
import { Brand, Card, Page, Title } from '@sprechzimmer/design/page.tsx';
import { thisBrowser } from '../browser/browser.ts';
import { InsideHint } from '../browser/inside-hint.tsx';
import { messages as browserMessages } from '../browser/messages.ts';
import { openOwnDevices, type OwnDevices } from '../devices/own-devices.ts';
import { ProblemPlace } from '../devices/problem-place.tsx';
import { SelfPicture } from '../devices/self-check.tsx';
import { messages as roomMessages } from '../messages.ts';
import { keptPlace } from '../place.ts';
import { CameraCheck } from './camera-check.tsx';
import { LineCheck } from './line-check.tsx';
import { messages } from './messages.ts';
import { MicrophoneCheck } from './microphone-check.tsx';
import { SpeakerCheck } from './speaker-check.tsx';
import { SummaryCard } from './summary-card.tsx';

export { loadMessages } from '../messages.ts';

/** "Technik testen": by itself, on any day before the appointment, with the invitation's code or without. */
export function showTest(root: HTMLElement, link: CodeReading | undefined): void {
  const own = openOwnDevices();
  // Whoever comes from "not today" has a place here already.
  const given = link?.kind === 'code' ? link.code : keptPlace()?.code;
  render(<TestPage own={own} given={given} />, root);
}

function TestPage({ own, given }: { own: OwnDevices; given: string | undefined }) {
  const t = messages();
  const [code, setCode] = useState(given);
  const [isBegun, setIsBegun] = useState(false);
  useEffect(() => {
    document.title = t.title;
  }, [t]);
  return (
    <Page
      header={
        <>
          <Brand name={roomMessages().common.title} />
          <LanguageSwitch />
        </>
      }
    >
      <div class="stack-tight">
        <Title>{t.title}</Title>
        <p class="lead">{t.lead}</p>
      </div>
      <InsideHint code={code} />
      {isBegun ? (
        <TestCards own={own} code={code} onCode={setCode} />
      ) : (
        <Card>
          <p>{t.startHint}</p>
          <Button
            kind="primary"
            size="large"
            wide
            onClick={() => {
              setIsBegun(true);
              void own.start();
            }}
          >
            {t.start}
          </Button>
        </Card>
      )}
      <ButtonLink kind="quiet" icon={ArrowRight} href={code ? `/#${code}` : '/'}>
        {t.back}
      </ButtonLink>
    </Page>
  );
}

type TestCardsProps = { own: OwnDevices; code: string | undefined; onCode: (code: string) => void };

function TestCards({ own, code, onCode }: TestCardsProps) {
  const t = messages();
  const [toneHeard, setToneHeard] = useState<boolean>();
  const [verdict, setVerdict] = useState<Verdict>();
  const [browser] = useState(thisBrowser);
  return (
    <>
      <State tone="good">{t.browserGood(browserMessages().names[browser.name])}</State>
      <Card>
        <h2>{t.camera}</h2>
        <SelfPicture own={own} />
        <CameraCheck own={own} />
        <ProblemPlace own={own} code={code} />
      </Card>
      <Card>
        <h2>{t.microphone}</h2>
        <MicrophoneCheck own={own} withLevel />
      </Card>
      <Card>
        <h2>{t.speaker}</h2>
        <SpeakerCheck own={own} heard={toneHeard} onAnswer={setToneHeard} />
      </Card>
      <Card>
        <h2>{t.connection}</h2>
        <LineCheck code={code} onCode={onCode} onVerdict={setVerdict} atOnce />
      </Card>
      <SummaryCard own={own} toneHeard={toneHeard} verdict={verdict} browser={browser} />
    </>
  );
}
