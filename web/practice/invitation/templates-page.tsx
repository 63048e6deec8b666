import { useSignal } from '@preact/signals';
import { TextField } from '@sprechzimmer/design/fields.tsx';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import { Card } from '@sprechzimmer/design/page.tsx';
import { saveProfile } from '../practice/profiles.ts';
import { SaveForm } from '../settings/save-form.tsx';
import { SubPage } from '../settings/sub-page.tsx';
import type { Work } from '../work.ts';
import { Choice } from './choice.tsx';
import { LogoCard } from './logo-card.tsx';
import { invitationMessages } from './messages.ts';
import { mailOnDayChoices } from './server-mail-way.tsx';
import { TemplateCard } from './template-card.tsx';

/** What invitations say; the main user's. */
export function TemplatesPage({ work }: { work: Work }) {
  const say = invitationMessages().templates;
  if (!work.session.user.isMain) {
    return (
      <SubPage work={work} title={say.title}>
        <Notice>{say.readOnly}</Notice>
      </SubPage>
    );
  }
  return (
    <SubPage work={work} title={say.title} lead={say.lead}>
      <GeneralCard work={work} />
      <TemplateCard work={work} />
      <LogoCard work={work} />
    </SubPage>
  );
}

function GeneralCard({ work }: { work: Work }) {
  const { templates: say, serverMail } = invitationMessages();
  const { invitationSettings: settings, practice, view } = work.session;
  const hasServerMail = view.practice.channels.includes('mail');
  const form = useSignal({
    neutralName: settings.neutralName,
    mailOnDay: settings.mailOnDay,
    mailTime: view.practice.mailTime,
  });
  const change = (next: Partial<typeof form.value>) => (form.value = { ...form.value, ...next });
  const { neutralName, mailOnDay, mailTime } = form.value;
  const isTime = /^\d\d:\d\d$/.test(mailTime);
  async function save(): Promise<void> {
    const next = { ...work.session.invitationSettings, neutralName: neutralName.trim(), mailOnDay };
    await saveProfile(work, 'invitation-settings', practice.id, next);
    if (mailTime !== work.session.view.practice.mailTime) {
      await work.client.practice.setMailTime({ mailTime });
      await work.reload();
    }
    work.say(say.saved);
  }
  return (
    <Card>
      <h2>{say.generalHeading}</h2>
      <SaveForm isValid={isTime} onSave={save}>
        {(asked) => (
          <>
            <TextField
              label={say.neutralName}
              hint={say.neutralNameHint}
              maxLength={100}
              value={neutralName}
              onInput={(value) => change({ neutralName: value })}
            />
            {hasServerMail ? (
              <>
                <Choice
                  label={say.mailOnDay}
                  hint={say.mailOnDayHint}
                  value={mailOnDay}
                  options={mailOnDayChoices.map((value) => ({ value, label: serverMail.choice[value] }))}
                  onChange={(value) => change({ mailOnDay: value })}
                />
                <TextField
                  type="time"
                  label={say.mailTime}
                  hint={say.mailTimeHint}
                  value={mailTime}
                  onInput={(value) => change({ mailTime: value })}
                  problem={asked && !isTime ? say.mailTimeProblem : undefined}
                />
              </>
            ) : (
              <p class="quiet-text">{say.noServerMail}</p>
            )}
          </>
        )}
      </SaveForm>
    </Card>
  );
}
