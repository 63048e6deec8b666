import { useSignal } from '@preact/signals';
import { Card } from '@sprechzimmer/design/page.tsx';
import type { UserId } from '@sprechzimmer/protocol/ids.ts';
import type { MembershipAction } from '@sprechzimmer/protocol/membership.ts';
import { changeAsUser } from '../membership/change-as-user.ts';
import { messages } from '../messages.ts';
import { saveProfile } from '../practice/profiles.ts';
import { ConfirmForm } from '../settings/confirm-form.tsx';
import { SaveForm } from '../settings/save-form.tsx';
import { SubPage } from '../settings/sub-page.tsx';
import { Unfolding } from '../settings/unfolding.tsx';
import type { Work } from '../work.ts';
import { ActivationSheet } from './activation-sheet.tsx';
import { RemoveUser } from './remove-user.tsx';
import { isName, NameFields, RoleField } from './user-fields.tsx';
import { type ListedUser, listUsers, resetUser } from './users.ts';

/** What the main user can do about another user, each as a card of its own. */
export function UserPage({ work, userId }: { work: Work; userId: UserId }) {
  const say = messages().users;
  const code = useSignal<string | undefined>(undefined);
  const user = listUsers(work.session).find(({ id }) => id === userId);
  const toList = () => work.views.open({ kind: 'users' });
  if (!user) {
    return (
      <SubPage work={work} title={say.title} onBack={toList}>
        <p>{messages().failure.NOT_FOUND}</p>
      </SubPage>
    );
  }
  if (code.value !== undefined) {
    return (
      <ActivationSheet
        code={code.value}
        name={user.name}
        practiceName={work.session.practice.name}
        onDone={toList}
      />
    );
  }
  const act = async (action: MembershipAction, password: string) => {
    await changeAsUser(work, action, {}, password);
    work.say(say.done(user.name));
  };
  return (
    <SubPage
      work={work}
      title={user.name}
      lead={`${say.role[user.role]} · ${say.state[user.state]}`}
      onBack={toList}
    >
      <Details work={work} user={user} />
      <ChangeRole work={work} user={user} act={act} />
      <Unfolding title={say.newCode} lead={say.newCodeLead(user.name)}>
        {(close) => (
          <ConfirmForm
            submit={say.newCode}
            email={work.session.user.email}
            onCancel={close}
            onConfirm={async (password) => {
              code.value = await resetUser(work, user.id, password);
            }}
          />
        )}
      </Unfolding>
      <SwitchOff work={work} user={user} act={act} />
      <OfferMain work={work} user={user} act={act} />
      <RemoveUser work={work} user={user} onRemoved={toList} />
    </SubPage>
  );
}

type ActionProps = {
  work: Work;
  user: ListedUser;
  act: (action: MembershipAction, password: string) => Promise<void>;
};

function Details({ work, user }: Pick<ActionProps, 'work' | 'user'>) {
  const say = messages();
  const form = useSignal({ name: user.name, telephone: user.telephone });
  const { name, telephone } = form.value;
  return (
    <Card>
      <h2>{say.users.changesTitle}</h2>
      <SaveForm
        isValid={isName(name)}
        onSave={async () => {
          const kept = work.session.userProfiles.get(user.id);
          const profile = { ...kept, name: name.trim(), telephone: telephone.trim() };
          await saveProfile(work, 'user', user.id, profile);
          work.say(say.confirm.saved);
        }}
      >
        {(asked) => (
          <NameFields
            name={name}
            telephone={telephone}
            asked={asked}
            onInput={(change) => (form.value = { ...form.value, ...change })}
          />
        )}
      </SaveForm>
    </Card>
  );
}

function ChangeRole({ work, user, act }: ActionProps) {
  const say = messages().users;
  const role = useSignal(user.role);
  return (
    <Unfolding title={say.changeRole}>
      {(close) => (
        <ConfirmForm
          submit={say.changeRole}
          email={work.session.user.email}
          onCancel={close}
          onConfirm={async (password) => {
            await act({ kind: 'change-role', userId: user.id, role: role.value }, password);
            close();
          }}
        >
          {() => <RoleField role={role.value} onChange={(next) => (role.value = next)} />}
        </ConfirmForm>
      )}
    </Unfolding>
  );
}

function SwitchOff({ work, user, act }: ActionProps) {
  const say = messages().users;
  if (user.state === 'invited') return null;
  const isOff = user.state === 'deactivated';
  const title = isOff ? say.reactivate : say.deactivate;
  const lead = isOff ? say.reactivateLead(user.name) : say.deactivateLead(user.name);
  return (
    <Unfolding key={user.state} title={title} lead={lead}>
      {(close) => (
        <ConfirmForm
          submit={title}
          email={work.session.user.email}
          onCancel={close}
          onConfirm={(password) =>
            act({ kind: isOff ? 'reactivate-user' : 'deactivate-user', userId: user.id }, password)
          }
        />
      )}
    </Unfolding>
  );
}

function OfferMain({ work, user, act }: ActionProps) {
  const say = messages().users;
  if (user.role !== 'practitioner' || user.state !== 'active') return null;
  const isOffered = work.session.membership.offeredMainTo === user.id;
  if (isOffered) {
    return (
      <Card>
        <h2>{say.offerMain}</h2>
        <p>{say.offered(user.name)}</p>
      </Card>
    );
  }
  return (
    <Unfolding title={say.offerMain} lead={say.offerMainLead(user.name)}>
      {(close) => (
        <ConfirmForm
          submit={say.offerMain}
          email={work.session.user.email}
          onCancel={close}
          onConfirm={(password) => act({ kind: 'offer-main', userId: user.id }, password)}
        />
      )}
    </Unfolding>
  );
}
