import { useSignal } from '@preact/signals';
import { type PublicKeyCredentialCreationOptionsJSON, startRegistration } from '@simplewebauthn/browser';
import { Button } from '@sprechzimmer/design/button.tsx';
import { dayIn, formatDay } from '@sprechzimmer/design/dates.ts';
import { TextField } from '@sprechzimmer/design/fields.tsx';
import { language } from '@sprechzimmer/design/i18n.ts';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import { Card } from '@sprechzimmer/design/page.tsx';
import { messages } from '../messages.ts';
import { ConfirmForm } from '../settings/confirm-form.tsx';
import type { Work } from '../work.ts';
import type { Factors } from './factors.ts';
import { RemoveFactor } from './remove-factor.tsx';
import { isWebAuthnFailure } from './web-authn-failure.ts';

type PasskeysCardProps = {
  work: Work;
  passkeys: Factors['passkeys'];
  onChanged: (codes?: string[]) => Promise<void>;
};

export function PasskeysCard({ work, passkeys, onChanged }: PasskeysCardProps) {
  const say = messages().secondFactor;
  const adding = useSignal(false);
  return (
    <Card>
      <h2>{say.passkeys}</h2>
      <p>{say.passkeysLead}</p>
      {passkeys.length > 0 && (
        <ul class="factor-list">
          {passkeys.map((passkey) => (
            <li key={passkey.id}>
              <p>
                <strong dir="auto">{passkey.name}</strong>{' '}
                <span class="quiet-text">{say.passkeySince(dayOf(passkey.createdAt))}</span>
              </p>
              <RemoveFactor
                label={say.passkeyRemove(passkey.name)}
                email={work.session.user.email}
                onConfirm={async (password) => {
                  await work.client.secondFactor.removePasskey({ id: passkey.id, password });
                  await onChanged();
                }}
              />
            </li>
          ))}
        </ul>
      )}
      {adding.value ? (
        <AddPasskey
          work={work}
          onCancel={() => (adding.value = false)}
          onAdded={async (codes) => {
            adding.value = false;
            await onChanged(codes);
          }}
        />
      ) : (
        <Button onClick={() => (adding.value = true)}>{say.passkeyAdd}</Button>
      )}
    </Card>
  );
}

type AddPasskeyProps = { work: Work; onAdded: (codes: string[]) => Promise<void>; onCancel: () => void };

function AddPasskey({ work, onAdded, onCancel }: AddPasskeyProps) {
  const say = messages().secondFactor;
  const name = useSignal('');
  const wasRefused = useSignal(false);
  const isNamed = name.value.trim() !== '';

  async function add(password: string): Promise<void> {
    wasRefused.value = false;
    const { options } = await work.client.secondFactor.beginPasskey({ password });
    const optionsJSON = options as unknown as PublicKeyCredentialCreationOptionsJSON;
    try {
      const response = await startRegistration({ optionsJSON });
      const { recoveryCodes } = await work.client.secondFactor.confirmPasskey({
        name: name.value.trim(),
        response: { ...response },
      });
      await onAdded(recoveryCodes);
    } catch (error) {
      if (!isWebAuthnFailure(error)) throw error;
      wasRefused.value = true;
    }
  }
  return (
    <ConfirmForm
      submit={say.passkeyAdd}
      email={work.session.user.email}
      isValid={isNamed}
      onCancel={onCancel}
      onConfirm={add}
    >
      {(asked) => (
        <>
          {wasRefused.value && <Notice tone="bad">{say.passkeyRefused}</Notice>}
          <TextField
            label={say.passkeyName}
            hint={say.passkeyNameHint}
            autocomplete="off"
            maxLength={80}
            value={name.value}
            onInput={(text) => (name.value = text)}
            problem={asked && !isNamed ? say.nameMissing : undefined}
          />
        </>
      )}
    </ConfirmForm>
  );
}

function dayOf(at: string): string {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return formatDay(dayIn(zone, new Date(at)), language.value, { year: true, short: true });
}
