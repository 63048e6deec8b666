import { useSignal } from '@preact/signals';
import { Button } from '@sprechzimmer/design/button.tsx';
import { TextField } from '@sprechzimmer/design/fields.tsx';
import { language } from '@sprechzimmer/design/i18n.ts';
import { Card, Title } from '@sprechzimmer/design/page.tsx';
import { groupCode } from '@sprechzimmer/crypto/code.ts';
import { Printer } from 'lucide';
import { focusFirstProblem } from '../form-focus.ts';
import { messages } from '../messages.ts';
import { chooseGroups, groupsMatch } from './registration.ts';

type RecoverySheetProps = {
  code: string;
  practiceName: string;
  onBack: () => void;
  onNext: () => void;
};

/** The recovery code, shown once; printing gives an A4 sheet with nothing else of the page on it. */
export function RecoverySheet({ code, practiceName, onBack, onNext }: RecoverySheetProps) {
  const say = messages();
  return (
    <>
      <Card class="screen-only">
        <Title>{say.sheet.title}</Title>
        <p>{say.sheet.lead}</p>
        <CodeGroups code={code} />
        <p>{say.sheet.todo}</p>
        <div class="stack">
          <Button kind="primary" wide icon={Printer} onClick={() => window.print()}>
            {say.sheet.print}
          </Button>
          <Button wide onClick={onNext}>
            {say.sheet.kept}
          </Button>
          <Button kind="quiet" onClick={onBack}>
            {say.back}
          </Button>
        </div>
      </Card>
      <Paper code={code} practiceName={practiceName} />
    </>
  );
}

function CodeGroups({ code }: { code: string }) {
  const say = messages().sheet;
  return (
    <ol class="code-groups" aria-label={say.code}>
      {groupCode(code)
        .split('-')
        .map((group, index) => (
          <li key={index}>
            <span class="code-group-number">
              <span class="unseen">{say.group(index + 1)}</span>
              <span aria-hidden="true">{index + 1}</span>
            </span>
            <code>{group}</code>
          </li>
        ))}
    </ol>
  );
}

function Paper({ code, practiceName }: { code: string; practiceName: string }) {
  const say = messages().sheet;
  const locale = language.value === 'de' ? 'de-DE' : 'en-GB';
  const today = new Intl.DateTimeFormat(locale, { dateStyle: 'long' }).format(new Date());
  return (
    <section class="paper" aria-hidden="true">
      <p class="paper-brand">Sprechzimmer</p>
      <p class="paper-title">{say.paperTitle}</p>
      <dl>
        <dt>{say.paperPractice}</dt>
        <dd>{practiceName}</dd>
        <dt>{say.paperDate}</dt>
        <dd>{today}</dd>
        <dt>{say.paperAddress}</dt>
        <dd>{location.origin}</dd>
      </dl>
      <CodeGroups code={code} />
      <p>{say.paperPurpose}</p>
      <p>{say.paperKeep}</p>
    </section>
  );
}

type RetypeGroupsProps = { code: string; confirm: string; onBack: () => void; onRight: () => void };

/** Proves that the code is on paper: two groups, chosen at random, typed again while it is covered. */
export function RetypeGroups({ code, confirm, onBack, onRight }: RetypeGroupsProps) {
  const say = messages().sheet;
  const pair = useSignal(chooseGroups()).value;
  const typed = useSignal<[string, string]>(['', '']);
  const wrong = useSignal<[boolean, boolean]>([false, false]);
  const type = (index: 0 | 1, text: string) => {
    typed.value = index === 0 ? [text, typed.value[1]] : [typed.value[0], text];
    wrong.value = index === 0 ? [false, wrong.value[1]] : [wrong.value[0], false];
  };
  function check(form: HTMLFormElement): void {
    const [first, second] = groupsMatch(code, pair, typed.value);
    wrong.value = [!first, !second];
    if (first && second) onRight();
    else focusFirstProblem(form);
  }
  return (
    <Card>
      <Title>{say.retypeTitle}</Title>
      <p>{say.retypeLead(...pair)}</p>
      <form
        class="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          check(event.currentTarget);
        }}
      >
        <div class="code-fields">
          {([0, 1] as const).map((index) => (
            <TextField
              key={index}
              class="input-code"
              label={say.group(pair[index])}
              autocomplete="off"
              autocapitalize="characters"
              spellcheck={false}
              value={typed.value[index]}
              onInput={(text) => type(index, text)}
              problem={wrong.value[index] ? say.retypeWrong(pair[index]) : undefined}
            />
          ))}
        </div>
        <div class="form-actions">
          <Button type="submit" kind="primary">
            {confirm}
          </Button>
          <Button kind="quiet" onClick={onBack}>
            {say.showAgain}
          </Button>
        </div>
      </form>
    </Card>
  );
}
