import { render } from 'preact';
import type { CodeReading } from '@sprechzimmer/crypto/code.ts';
import { LanguageSwitch } from '@sprechzimmer/design/language-switch.tsx';
import { Brand, Card, Page, Title } from '@sprechzimmer/design/page.tsx';
import type { Lack } from '../support.ts';
import { messages as firstMessages } from '../welcome/messages.ts';
import { type Browser, isTooOld, thisBrowser } from './browser.ts';
import { messages } from './messages.ts';
import { StepList } from './step-list.tsx';
import { leaveSteps } from './steps.ts';
import { TakeAlong } from './take-along.tsx';

/** Not possible here: names the reason and takes the invitation along to a browser where it is. */
export function showUnsupported(root: HTMLElement, lack: Lack, link: CodeReading | undefined): void {
  render(<Unsupported lack={lack} code={link?.kind === 'code' ? link.code : undefined} />, root);
}

function Unsupported({ lack, code }: { lack: Lack; code: string | undefined }) {
  const t = messages();
  return (
    <Page
      header={
        <>
          <Brand name={firstMessages().name} />
          <LanguageSwitch />
        </>
      }
    >
      <Title>{t.title}</Title>
      <Card>
        <Reason lack={lack} browser={thisBrowser()} />
        {code && <TakeAlong code={code} primary />}
        <p>{t.orCall}</p>
      </Card>
    </Page>
  );
}

/** What is missing, for the reason that is behind it as far as the browser tells. */
function Reason({ lack, browser }: { lack: Lack; browser: Browser }) {
  const t = messages();
  const { system, insideOf, name } = browser;
  if (lack === 'insecure-address') return <p class="lead">{t.lack[lack]}</p>;
  if (insideOf !== undefined && lack === 'camera-access') {
    return (
      <>
        <p class="lead">{t.lack.inside(insideOf)}</p>
        <StepList steps={leaveSteps(system, t)} />
        <p>{t.orCopy}</p>
      </>
    );
  }
  if (lack === 'too-old' || isTooOld(browser)) {
    return (
      <>
        <p class="lead">{t.lack['too-old'](t.names[name])}</p>
        <p>{t.update[system]}</p>
        <p>{t.otherDevice}</p>
      </>
    );
  }
  return <p class="lead">{t.lack[lack]}</p>;
}
