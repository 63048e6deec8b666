import { useSignal } from '@preact/signals';
import { Button } from '@sprechzimmer/design/button.tsx';
import { Notice, State } from '@sprechzimmer/design/notice.tsx';
import { Card } from '@sprechzimmer/design/page.tsx';
import { useEffect } from 'preact/hooks';
import { failureSentence } from '../failure.ts';
import { messages } from '../messages.ts';
import { SubPage } from '../settings/sub-page.tsx';
import { Unfolding } from '../settings/unfolding.tsx';
import type { Work } from '../work.ts';
import type { Factors } from './factors.ts';
import { needsSecondFactor } from './needs-second-factor.ts';
import { PasskeysCard } from './passkeys-card.tsx';
import { RemoveFactor } from './remove-factor.tsx';
import { SpareCodes } from './spare-codes.tsx';
import { TotpSetup } from './totp-setup.tsx';

/** What a user confirms their sign-in with, beside the password. */
export function SecondFactorPage({ work }: { work: Work }) {
  const say = messages();
  const factors = useSignal<Factors | undefined>(undefined);
  const spareCodes = useSignal<string[]>([]);
  const failure = useSignal<unknown>(undefined);

  async function load(): Promise<void> {
    failure.value = undefined;
    try {
      factors.value = await work.client.secondFactor.list({});
    } catch (error) {
      failure.value = error;
    }
  }
  async function changed(codes: string[] = []): Promise<void> {
    spareCodes.value = codes;
    await Promise.all([load(), work.reload()]);
  }
  useEffect(() => void load(), []);

  if (spareCodes.value.length > 0) {
    return (
      <SpareCodes
        codes={spareCodes.value}
        practiceName={work.session.practice.name}
        userName={work.session.user.name}
        onKept={() => (spareCodes.value = [])}
      />
    );
  }
  return (
    <SubPage work={work} title={say.secondFactor.title} lead={say.secondFactor.lead}>
      {needsSecondFactor(work.session) && <Notice tone="warn">{say.secondFactor.required}</Notice>}
      <div role="alert">
        {failure.value !== undefined && (
          <Notice tone="bad" actions={<Button onClick={() => void load()}>{say.again}</Button>}>
            {failureSentence(failure.value)}
          </Notice>
        )}
      </div>
      {factors.value && (
        <>
          <TotpCard work={work} isOn={factors.value.totp} onChanged={changed} />
          <PasskeysCard work={work} passkeys={factors.value.passkeys} onChanged={changed} />
          {(factors.value.totp || factors.value.passkeys.length > 0) && (
            <p class="quiet-text">{say.secondFactor.codesLeft(factors.value.recoveryCodesLeft)}</p>
          )}
        </>
      )}
    </SubPage>
  );
}

type TotpCardProps = { work: Work; isOn: boolean; onChanged: (codes?: string[]) => Promise<void> };

function TotpCard({ work, isOn, onChanged }: TotpCardProps) {
  const say = messages().secondFactor;
  if (!isOn) {
    return (
      <Unfolding key="off" title={say.totp} lead={say.totpOff} button={say.totpAdd}>
        {(close) => <TotpSetup work={work} onDone={onChanged} onCancel={close} />}
      </Unfolding>
    );
  }
  return (
    <Card>
      <h2>{say.totp}</h2>
      <p>
        <State tone="good">{say.totpOn}</State>
      </p>
      <RemoveFactor
        label={say.totpRemove}
        email={work.session.user.email}
        onConfirm={async (password) => {
          await work.client.secondFactor.removeTotp({ password });
          await onChanged();
        }}
      />
    </Card>
  );
}
