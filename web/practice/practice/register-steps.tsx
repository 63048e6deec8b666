import { useSignal } from '@preact/signals';
import { Button } from '@sprechzimmer/design/button.tsx';
import { Checkbox, TextField } from '@sprechzimmer/design/fields.tsx';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import { Card, Title } from '@sprechzimmer/design/page.tsx';
import { maxPasswordLength } from '@sprechzimmer/protocol/practice.ts';
import type { ComponentChildren } from 'preact';
import { failureSentence } from '../failure.ts';
import { focusFirstProblem } from '../form-focus.ts';
import { messages } from '../messages.ts';
import { type RegistrationForm, registrationProblems } from './registration.ts';

type Field = keyof RegistrationForm;
type StepProps = {
  form: RegistrationForm;
  onInput: (change: Partial<RegistrationForm>) => void;
  onNext: () => void;
};

export function PracticeStep({ form, onInput, onNext }: StepProps) {
  const say = messages().register;
  return (
    <>
      <Card>
        <Title>{say.title}</Title>
        <Notice title={say.before}>{say.beforeText}</Notice>
        <StepForm form={form} fields={['practiceName', 'telephone']} onNext={onNext}>
          {(problem) => (
            <>
              <h2>{say.practiceHeading}</h2>
              <TextField
                label={say.practiceName}
                hint={say.practiceNameHint}
                name="organization"
                autocomplete="organization"
                value={form.practiceName}
                onInput={(practiceName) => onInput({ practiceName })}
                problem={problem('practiceName')}
              />
              <TextField
                label={say.telephone}
                hint={say.telephoneHint}
                type="tel"
                name="telephone"
                autocomplete="tel"
                value={form.telephone}
                onInput={(telephone) => onInput({ telephone })}
                problem={problem('telephone')}
              />
            </>
          )}
        </StepForm>
      </Card>
    </>
  );
}

export function UserStep({
  form,
  onInput,
  onBack,
  onNext,
  failure,
}: StepProps & BackProps & { failure: unknown }) {
  const say = messages().register;
  const shown = useSignal(false);
  return (
    <Card>
      <Title>{say.userHeading}</Title>
      {failure !== undefined && <Notice tone="bad">{failureSentence(failure)}</Notice>}
      <StepForm form={form} fields={['userName', 'email', 'password']} onNext={onNext} onBack={onBack}>
        {(problem) => (
          <>
            <TextField
              label={say.userName}
              hint={say.userNameHint}
              name="name"
              autocomplete="name"
              value={form.userName}
              onInput={(userName) => onInput({ userName })}
              problem={problem('userName')}
            />
            <TextField
              label={say.email}
              hint={say.emailHint}
              type="email"
              name="email"
              autocomplete="username"
              spellcheck={false}
              value={form.email}
              onInput={(email) => onInput({ email })}
              problem={problem('email')}
            />
            <TextField
              label={say.password}
              hint={say.passwordHint}
              type={shown.value ? 'text' : 'password'}
              name="new-password"
              autocomplete="new-password"
              spellcheck={false}
              maxLength={maxPasswordLength}
              value={form.password}
              onInput={(password) => onInput({ password })}
              problem={problem('password')}
            />
            <Checkbox
              label={say.showPassword}
              checked={shown.value}
              onChange={(checked) => (shown.value = checked)}
            />
          </>
        )}
      </StepForm>
    </Card>
  );
}

export function DeviceStep({ form, onInput, onBack, onNext }: StepProps & BackProps) {
  const say = messages().register;
  return (
    <Card>
      <Title>{say.deviceHeading}</Title>
      <p>{say.deviceText}</p>
      <p>{say.bookmarkTip}</p>
      <StepForm form={form} fields={['deviceName']} onNext={onNext} onBack={onBack} nextLabel={say.toSheet}>
        {(problem) => (
          <TextField
            label={say.deviceName}
            hint={say.deviceNameHint}
            name="device"
            autocomplete="off"
            value={form.deviceName}
            onInput={(deviceName) => onInput({ deviceName })}
            problem={problem('deviceName')}
          />
        )}
      </StepForm>
    </Card>
  );
}

type BackProps = { onBack: () => void };

type StepFormProps = {
  form: RegistrationForm;
  /** The fields of this step: it goes on when these are right. */
  fields: Field[];
  onNext: () => void;
  onBack?: () => void;
  nextLabel?: string;
  children: (problem: (field: Field) => string | undefined) => ComponentChildren;
};

/** Problems show after the first attempt to go on, not while one is still typing. */
function StepForm({ form, fields, onNext, onBack, nextLabel, children }: StepFormProps) {
  const say = messages();
  const asked = useSignal(false);
  const problems = registrationProblems(form);
  const problem = (field: Field) => {
    const found = problems[field];
    return asked.value && found ? say.register.problem[found] : undefined;
  };
  return (
    <form
      class="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        asked.value = true;
        if (fields.some((field) => problems[field])) focusFirstProblem(event.currentTarget);
        else onNext();
      }}
    >
      {children(problem)}
      <div class="form-actions">
        <Button type="submit" kind="primary">
          {nextLabel ?? say.next}
        </Button>
        {onBack && (
          <Button kind="quiet" onClick={onBack}>
            {say.back}
          </Button>
        )}
      </div>
    </form>
  );
}
