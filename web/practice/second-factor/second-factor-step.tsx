import { useSignal } from '@preact/signals';
import { type PublicKeyCredentialRequestOptionsJSON, startAuthentication } from '@simplewebauthn/browser';
import { Button } from '@sprechzimmer/design/button.tsx';
import { TextField } from '@sprechzimmer/design/fields.tsx';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import type { SecondFactorNeeded } from '@sprechzimmer/protocol/error-data.ts';
import type { SecondFactorAnswer } from '@sprechzimmer/protocol/practice.ts';
import { Fingerprint } from 'lucide';
import { failureSentence } from '../failure.ts';
import { messages } from '../messages.ts';
import { isWebAuthnFailure } from './web-authn-failure.ts';

type SecondFactorStepProps = {
  asked: SecondFactorNeeded;
  /** How often it was asked before: an answer that was sent again was wrong. */
  times: number;
  onAnswer: (answer: SecondFactorAnswer) => Promise<void>;
  onBack: () => void;
};

/** After the right password: a code from the app, a passkey, or one of the spare codes. */
export function SecondFactorStep({ asked, times, onAnswer, onBack }: SecondFactorStepProps) {
  const say = messages();
  const spare = useSignal(false);
  const busy = useSignal(false);
  const failure = useSignal<string | undefined>(undefined);

  async function send(answer: () => Promise<SecondFactorAnswer>): Promise<void> {
    busy.value = true;
    failure.value = undefined;
    try {
      await onAnswer(await answer());
    } catch (error) {
      failure.value = isWebAuthnFailure(error) ? say.factor.passkeyFailed : failureSentence(error);
    }
    busy.value = false;
  }
  const { passkey } = asked;
  const sentence = failure.value ?? (asked.wasWrong && !busy.value ? say.factor.wrong : undefined);

  return (
    <div class="stack">
      {passkey && !spare.value && (
        <Button
          kind={asked.totp ? 'secondary' : 'primary'}
          wide
          icon={Fingerprint}
          onClick={() => void send(() => askPasskey(passkey))}
        >
          {say.factor.passkey}
        </Button>
      )}
      {(asked.totp || spare.value) && (
        <CodeForm
          key={`${spare.value} ${times}`}
          spare={spare.value}
          busy={busy.value}
          onCode={(code) => void send(async () => answerOf(code, spare.value))}
        />
      )}
      <div role="alert">{sentence && <Notice tone="bad">{sentence}</Notice>}</div>
      <Button kind="quiet" onClick={() => (spare.value = !spare.value)}>
        {spare.value ? (asked.totp ? say.factor.useTotp : say.factor.passkey) : say.factor.useRecovery}
      </Button>
      <Button kind="quiet" onClick={onBack}>
        {say.back}
      </Button>
    </div>
  );
}

type CodeFormProps = { spare: boolean; busy: boolean; onCode: (code: string) => void };

function CodeForm({ spare, busy, onCode }: CodeFormProps) {
  const say = messages();
  const code = useSignal('');
  const asked = useSignal(false);
  const isWhole = spare ? code.value.trim() !== '' : /^\d{6}$/.test(digitsOf(code.value));
  return (
    <form
      class="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        asked.value = true;
        if (isWhole && !busy) onCode(code.value);
      }}
    >
      <TextField
        class="input-code"
        label={spare ? say.factor.recoveryCode : say.factor.totp}
        hint={spare ? say.factor.recoveryHint : say.factor.totpHint}
        autocomplete={spare ? 'off' : 'one-time-code'}
        inputMode={spare ? 'text' : 'numeric'}
        spellcheck={false}
        autofocus
        maxLength={40}
        value={code.value}
        onInput={(text) => (code.value = text)}
        problem={asked.value && !isWhole ? say.factor.wrong : undefined}
      />
      <Button type="submit" kind="primary" wide busy={busy ? say.signIn.submitting : undefined}>
        {say.factor.submit}
      </Button>
    </form>
  );
}

function answerOf(code: string, spare: boolean): SecondFactorAnswer {
  return spare ? { kind: 'recovery-code', code: code.trim() } : { kind: 'totp', code: digitsOf(code) };
}

function digitsOf(text: string): string {
  return text.replaceAll(/\s/g, '');
}

async function askPasskey(options: Record<string, unknown>): Promise<SecondFactorAnswer> {
  const optionsJSON = options as unknown as PublicKeyCredentialRequestOptionsJSON;
  const response = await startAuthentication({ optionsJSON });
  return { kind: 'passkey', response: { ...response } };
}
