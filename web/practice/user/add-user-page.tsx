import { useSignal } from '@preact/signals';
import { Card } from '@sprechzimmer/design/page.tsx';
import { messages } from '../messages.ts';
import { ConfirmForm } from '../settings/confirm-form.tsx';
import { SubPage } from '../settings/sub-page.tsx';
import type { Work } from '../work.ts';
import { ActivationSheet } from './activation-sheet.tsx';
import { EmailField, isEmail, isName, NameFields, RoleField } from './user-fields.tsx';
import { addUser, type NewUser } from './users.ts';

/** A new user, and then the sheet that makes them one. */
export function AddUserPage({ work }: { work: Work }) {
  const say = messages().users;
  const form = useSignal<NewUser>({ name: '', telephone: '', email: '', role: 'practitioner' });
  const code = useSignal<string | undefined>(undefined);
  const change = (next: Partial<NewUser>) => (form.value = { ...form.value, ...next });
  const { name, telephone, email, role } = form.value;
  const toList = () => work.views.open({ kind: 'users' });

  if (code.value !== undefined) {
    const { session } = work;
    return (
      <ActivationSheet
        code={code.value}
        name={name.trim()}
        practiceName={session.practice.name}
        onDone={toList}
      />
    );
  }
  return (
    <SubPage work={work} title={say.addTitle} lead={say.addLead} onBack={toList}>
      <Card>
        <ConfirmForm
          submit={say.addSubmit}
          email={work.session.user.email}
          isValid={isName(name) && isEmail(email)}
          onConfirm={async (password) => {
            code.value = await addUser(work, form.value, password);
          }}
        >
          {(asked) => (
            <>
              <NameFields name={name} telephone={telephone} asked={asked} onInput={change} />
              <EmailField email={email} asked={asked} onInput={(next) => change({ email: next })} />
              <RoleField role={role} onChange={(next) => change({ role: next })} />
            </>
          )}
        </ConfirmForm>
      </Card>
    </SubPage>
  );
}
