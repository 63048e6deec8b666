import { ButtonLink } from '@sprechzimmer/design/button.tsx';
import { Card } from '@sprechzimmer/design/page.tsx';
import { Mail } from 'lucide';
import type { ReadableEntry } from '../appointment/agenda.ts';
import { SubPage } from '../settings/sub-page.tsx';
import type { Work } from '../work.ts';
import { mailBrowsers, mailSystems, readUserAgent } from './mail-help.ts';
import { mailHelpMessages } from './mail-help-messages.ts';

/** What to do when no mail program opens: the reader's own system first, the others fold out. */
export function MailHelpPage({ work, entry }: { work: Work; entry: ReadableEntry }) {
  const say = mailHelpMessages();
  const own = readUserAgent(navigator.userAgent);
  const sections = [
    ...mailSystems.map((key) => ({ isOwn: key === own.system, ...say.systems[key] })),
    ...mailBrowsers.map((key) => ({ isOwn: key === own.browser, ...say.browsers[key] })),
  ];
  const others = [...sections.filter(({ isOwn }) => !isOwn), say.noHandler];
  return (
    <SubPage
      work={work}
      title={say.title}
      lead={say.lead}
      onBack={() => work.views.open({ kind: 'invitation', entry })}
    >
      <Card quiet>
        <h2>{say.copyTitle}</h2>
        <p>{say.copy}</p>
      </Card>
      <Card>
        {sections
          .filter(({ isOwn }) => isOwn)
          .map(({ name, steps }) => (
            <Steps key={name} name={name} steps={steps} />
          ))}
        <h2>{say.tryTitle}</h2>
        <p>{say.try}</p>
        <ButtonLink href={`mailto:?subject=${encodeURIComponent(say.trySubject)}`} icon={Mail}>
          {say.tryButton}
        </ButtonLink>
      </Card>
      <Card quiet>
        <h2>{say.others}</h2>
        <div class="ways">
          {others.map(({ name, steps }) => (
            <details key={name} class="way">
              <summary>{name}</summary>
              <div class="way-body">
                <StepList steps={steps} />
              </div>
            </details>
          ))}
        </div>
      </Card>
    </SubPage>
  );
}

function Steps({ name, steps }: { name: string; steps: string[] }) {
  return (
    <>
      <h2>{name}</h2>
      <StepList steps={steps} />
    </>
  );
}

function StepList({ steps }: { steps: string[] }) {
  return (
    <ol class="steps">
      {steps.map((step) => (
        <li key={step}>{step}</li>
      ))}
    </ol>
  );
}
