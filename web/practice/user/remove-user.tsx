import { useSignal } from '@preact/signals';
import { Select, TextField } from '@sprechzimmer/design/fields.tsx';
import { changeAsUser } from '../membership/change-as-user.ts';
import { messages } from '../messages.ts';
import { ConfirmForm } from '../settings/confirm-form.tsx';
import { Unfolding } from '../settings/unfolding.tsx';
import type { Work } from '../work.ts';
import { type ListedUser, practitionersOf } from './users.ts';

type RemoveUserProps = { work: Work; user: ListedUser; onRemoved: () => void };

/** Deletes after the name has been typed; somebody else takes the appointments over. */
export function RemoveUser({ work, user, onRemoved }: RemoveUserProps) {
  const say = messages().users;
  const typed = useSignal('');
  const successors = practitionersOf(work.session).filter(({ id }) => id !== user.id);
  const successorId = useSignal(successors[0]?.id);
  const isNamed = typed.value.trim() === user.name.trim();

  async function remove(password: string): Promise<void> {
    const extras = successorId.value ? { successorId: successorId.value } : {};
    await changeAsUser(work, { kind: 'remove-user', userId: user.id }, extras, password);
    work.say(say.removed(user.name));
    void work.agenda.refresh();
    onRemoved();
  }

  return (
    <Unfolding title={say.remove} lead={say.removeLead(user.name)} danger>
      {(close) => (
        <ConfirmForm
          submit={say.remove}
          danger
          email={work.session.user.email}
          isValid={isNamed}
          onCancel={close}
          onConfirm={remove}
        >
          {(asked) => (
            <>
              <Select
                label={say.successor}
                value={successorId.value ?? ''}
                options={successors.map(({ id, name }) => ({ value: id as string, label: name }))}
                onChange={(id) => (successorId.value = successors.find((each) => each.id === id)?.id)}
              />
              <TextField
                label={say.typeName(user.name)}
                autocomplete="off"
                value={typed.value}
                onInput={(text) => (typed.value = text)}
                problem={asked && !isNamed ? say.typeNameWrong : undefined}
              />
            </>
          )}
        </ConfirmForm>
      )}
    </Unfolding>
  );
}
