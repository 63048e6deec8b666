import { groupCode } from '@sprechzimmer/crypto/code.ts';
import { Button } from '@sprechzimmer/design/button.tsx';
import { Card, Title } from '@sprechzimmer/design/page.tsx';
import { Printer } from 'lucide';
import { messages } from '../messages.ts';

type ActivationSheetProps = { code: string; name: string; practiceName: string; onDone: () => void };

/** The activation code, shown once; printing gives an A4 sheet with nothing else of the page on it. */
export function ActivationSheet({ code, name, practiceName, onDone }: ActivationSheetProps) {
  const say = messages().activationSheet;
  return (
    <>
      <Card class="screen-only">
        <Title>{say.title(name)}</Title>
        <p>{say.lead}</p>
        <CodeLine code={code} />
        <div class="stack">
          <Button kind="primary" wide icon={Printer} onClick={() => window.print()}>
            {say.print}
          </Button>
          <Button wide onClick={onDone}>
            {say.done}
          </Button>
        </div>
      </Card>
      <section class="paper" aria-hidden="true">
        <p class="paper-brand">Sprechzimmer</p>
        <p class="paper-title">{say.paperTitle}</p>
        <dl>
          <dt>{say.paperName}</dt>
          <dd>{name}</dd>
          <dt>{say.paperPractice}</dt>
          <dd>{practiceName}</dd>
          <dt>{say.paperAddress}</dt>
          <dd>{location.origin}</dd>
        </dl>
        <CodeLine code={code} />
        <ol class="paper-steps">
          {say.paperSteps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
        <p>{say.paperKeep}</p>
      </section>
    </>
  );
}

function CodeLine({ code }: { code: string }) {
  return (
    <ol class="code-groups" aria-label={messages().activationSheet.code}>
      {groupCode(code)
        .split('-')
        .map((group, index) => (
          <li key={index}>
            <code>{group}</code>
          </li>
        ))}
    </ol>
  );
}
