import { useSignal } from '@preact/signals';
import { Card } from '@sprechzimmer/design/page.tsx';
import type { UserProfile } from '@sprechzimmer/protocol/practice.ts';
import { ColorChoice } from '../calendar/color-choice.tsx';
import { practitionerColor } from '../calendar/practitioner-color.ts';
import { messages } from '../messages.ts';
import { saveProfile } from '../practice/profiles.ts';
import { ConfirmForm } from '../settings/confirm-form.tsx';
import { SaveForm } from '../settings/save-form.tsx';
import { SubPage } from '../settings/sub-page.tsx';
import type { Work } from '../work.ts';
import { initials } from './initials.ts';
import { OwnPicture } from './own-picture.tsx';
import { EmailField, isEmail, isName, NameFields } from './user-fields.tsx';

/** A user's own name, telephone, picture and address. */
export function OwnPage({ work }: { work: Work }) {
  return (
    <SubPage work={work} title={messages().own.title}>
      <OwnDetails work={work} />
      <OwnPicture work={work} />
      <OwnEmail work={work} />
    </SubPage>
  );
}

function OwnDetails({ work }: { work: Work }) {
  const { user, userProfiles } = work.session;
  const form = useSignal<UserProfile>(userProfiles.get(user.id) ?? { name: user.name, telephone: '' });
  const { name, telephone } = form.value;
  return (
    <Card>
      <SaveForm
        isValid={isName(name)}
        onSave={async () => {
          const profile = { ...form.value, name: name.trim(), telephone: telephone.trim() };
          await saveProfile(work, 'user', user.id, profile);
          work.say(messages().confirm.saved);
        }}
      >
        {(asked) => (
          <>
            <NameFields
              own
              name={name}
              telephone={telephone}
              asked={asked}
              onInput={(change) => (form.value = { ...form.value, ...change })}
            />
            {user.role === 'practitioner' && (
              <ColorChoice
                initials={initials(name)}
                color={form.value.color ?? practitionerColor(work.session, user.id)}
                onChange={(color) => (form.value = { ...form.value, color })}
              />
            )}
          </>
        )}
      </SaveForm>
    </Card>
  );
}

function OwnEmail({ work }: { work: Work }) {
  const say = messages().own;
  const { user } = work.session;
  const email = useSignal(user.email);
  return (
    <Card>
      <h2>{say.email}</h2>
      <p class="quiet-text">{say.emailHint}</p>
      <ConfirmForm
        submit={say.changeEmail}
        email={user.email}
        isValid={isEmail(email.value)}
        onConfirm={async (password) => {
          await work.client.user.changeEmail({ userId: user.id, email: email.value.trim(), password });
          await work.reload();
          work.say(say.emailChanged);
        }}
      >
        {(asked) => (
          <EmailField own email={email.value} asked={asked} onInput={(next) => (email.value = next)} />
        )}
      </ConfirmForm>
    </Card>
  );
}
