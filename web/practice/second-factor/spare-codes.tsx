import { Button } from '@sprechzimmer/design/button.tsx';
import { Card, Title } from '@sprechzimmer/design/page.tsx';
import { Printer } from 'lucide';
import { messages } from '../messages.ts';

type SpareCodesProps = { codes: string[]; practiceName: string; userName: string; onKept: () => void };

/** The codes for when app and passkey are missing; shown once. */
export function SpareCodes({ codes, practiceName, userName, onKept }: SpareCodesProps) {
  const say = messages();
  return (
    <>
      <Card class="screen-only">
        <Title>{say.secondFactor.codesTitle}</Title>
        <p>{say.secondFactor.codesLead}</p>
        <CodeList codes={codes} />
        <div class="stack">
          <Button kind="primary" wide icon={Printer} onClick={() => window.print()}>
            {say.secondFactor.codesPrint}
          </Button>
          <Button wide onClick={onKept}>
            {say.secondFactor.codesKept}
          </Button>
        </div>
      </Card>
      <section class="paper" aria-hidden="true">
        <p class="paper-brand">Sprechzimmer</p>
        <p class="paper-title">{say.secondFactor.codesPaper}</p>
        <dl>
          <dt>{say.activationSheet.paperName}</dt>
          <dd>{userName}</dd>
          <dt>{say.activationSheet.paperPractice}</dt>
          <dd>{practiceName}</dd>
        </dl>
        <CodeList codes={codes} />
      </section>
    </>
  );
}

function CodeList({ codes }: { codes: string[] }) {
  return (
    <ol class="code-groups spare-codes" aria-label={messages().secondFactor.codesTitle}>
      {codes.map((code) => (
        <li key={code}>
          <code>{code}</code>
        </li>
      ))}
    </ol>
  );
}
