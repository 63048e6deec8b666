import { useSignal } from '@preact/signals';
import { Checkbox, Select, TextField } from '@sprechzimmer/design/fields.tsx';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import { Card } from '@sprechzimmer/design/page.tsx';
import { failureSentence } from '../failure.ts';
import { messages } from '../messages.ts';
import { practiceProfileOf, saveProfile } from '../practice/profiles.ts';
import type { Work } from '../work.ts';
import { PublicLinks } from '../public-pages/public-links.tsx';
import { AddressCard } from './address-card.tsx';
import { PlanCard } from './plan-card.tsx';
import { SaveForm } from './save-form.tsx';
import { SettingsIndex } from './settings-index.tsx';
import { SubPage } from './sub-page.tsx';

/** What holds for the whole practice; the main user's. */
export function SettingsPage({ work }: { work: Work }) {
  return (
    <SubPage work={work} title={messages().settings.title}>
      <SettingsIndex work={work} />
      <PracticeCard work={work} />
      <SignInCard work={work} />
      <AddressCard work={work} />
      <PlanCard work={work} />
      <PublicLinks />
    </SubPage>
  );
}

const lockChoices = [1, 5, 10, 15, 30, 60, 0];

function PracticeCard({ work }: { work: Work }) {
  const say = messages().settings;
  const { practice } = work.session;
  const form = useSignal({
    name: practice.name,
    telephone: practice.telephone,
    lockAfterMinutes: practice.lockAfterMinutes,
  });
  const change = (next: Partial<typeof form.value>) => (form.value = { ...form.value, ...next });
  const { name, telephone, lockAfterMinutes } = form.value;
  const isNamed = name.trim() !== '';
  const isReachable = telephone.trim() !== '';
  return (
    <Card>
      <h2>{say.practiceHeading}</h2>
      <SaveForm
        isValid={isNamed && isReachable}
        onSave={async () => {
          const changed = { name: name.trim(), telephone: telephone.trim(), lockAfterMinutes };
          await saveProfile(work, 'practice', practice.id, { ...practiceProfileOf(work), ...changed });
          work.say(say.saved);
        }}
      >
        {(asked) => (
          <>
            <TextField
              label={say.practiceName}
              autocomplete="organization"
              maxLength={200}
              value={name}
              onInput={(value) => change({ name: value })}
              problem={asked && !isNamed ? say.practiceNameMissing : undefined}
            />
            <TextField
              label={say.telephone}
              type="tel"
              autocomplete="tel"
              maxLength={40}
              value={telephone}
              onInput={(value) => change({ telephone: value })}
              problem={asked && !isReachable ? say.telephoneMissing : undefined}
            />
            <Select
              label={say.lockAfter}
              value={String(lockAfterMinutes)}
              options={lockChoices.map((minutes) => ({
                value: String(minutes),
                label: say.lockMinutes(minutes),
              }))}
              onChange={(value) => change({ lockAfterMinutes: Number(value) })}
            />
          </>
        )}
      </SaveForm>
    </Card>
  );
}

function SignInCard({ work }: { work: Work }) {
  const say = messages().settings;
  const failure = useSignal<unknown>(undefined);
  async function demand(required: boolean): Promise<void> {
    failure.value = undefined;
    try {
      await work.client.practice.requireSecondFactor({ required });
      await work.reload();
      work.say(say.saved);
    } catch (error) {
      failure.value = error;
    }
  }
  return (
    <Card>
      <h2>{say.safetyHeading}</h2>
      <Checkbox
        label={say.requireSecondFactor}
        checked={work.session.view.practice.secondFactorRequired}
        onChange={(required) => void demand(required)}
      />
      <p class="quiet-text">{say.requireHint}</p>
      <div role="alert">
        {failure.value !== undefined && <Notice tone="bad">{failureSentence(failure.value)}</Notice>}
      </div>
    </Card>
  );
}
