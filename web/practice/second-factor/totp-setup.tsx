import { useSignal } from '@preact/signals';
import { TextField } from '@sprechzimmer/design/fields.tsx';
import { ApiError } from '../api.ts';
import { QrCode } from '../device/qr-code.tsx';
import { messages } from '../messages.ts';
import { ConfirmForm } from '../settings/confirm-form.tsx';
import { SaveForm } from '../settings/save-form.tsx';
import type { Work } from '../work.ts';

type TotpSetupProps = {
  work: Work;
  /** With the spare codes, when this is the first factor. */
  onDone: (codes: string[]) => Promise<void>;
  onCancel: () => void;
};

/** Password, then the secret for the app, then the app's digits as proof. */
export function TotpSetup({ work, onDone, onCancel }: TotpSetupProps) {
  const say = messages();
  const made = useSignal<{ secret: string; address: string } | undefined>(undefined);
  const code = useSignal('');
  const wasWrong = useSignal(false);
  const digits = code.value.replaceAll(/\s/g, '');
  const isWhole = /^\d{6}$/.test(digits);

  if (!made.value) {
    return (
      <ConfirmForm
        submit={say.next}
        email={work.session.user.email}
        onCancel={onCancel}
        onConfirm={async (password) => {
          made.value = await work.client.secondFactor.beginTotp({ password });
        }}
      />
    );
  }
  async function confirm(): Promise<void> {
    wasWrong.value = false;
    try {
      const { recoveryCodes } = await work.client.secondFactor.confirmTotp({ code: digits });
      await onDone(recoveryCodes);
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'CODE_WRONG') throw error;
      wasWrong.value = true;
    }
  }
  return (
    <div class="stack">
      <p>{say.secondFactor.totpScan}</p>
      <QrCode text={made.value.address} label={say.secondFactor.totpQr} />
      <p>
        {say.secondFactor.totpSecret}
        <code class="copyable-text">{made.value.secret.match(/.{1,4}/g)?.join(' ')}</code>
      </p>
      <SaveForm submit={say.secondFactor.totpConfirm} isValid={isWhole} onSave={confirm}>
        {(asked) => (
          <TextField
            class="input-code"
            label={say.secondFactor.totpCode}
            inputMode="numeric"
            autocomplete="one-time-code"
            maxLength={8}
            value={code.value}
            onInput={(text) => {
              code.value = text;
              wasWrong.value = false;
            }}
            problem={wasWrong.value || (asked && !isWhole) ? say.secondFactor.totpWrong : undefined}
          />
        )}
      </SaveForm>
    </div>
  );
}
