import { Card } from '@sprechzimmer/design/page.tsx';
import { changeAsUser } from '../membership/change-as-user.ts';
import { messages } from '../messages.ts';
import { ConfirmForm } from '../settings/confirm-form.tsx';
import type { Work } from '../work.ts';

/** On the start page of whoever is asked to become the main user. */
export function MainOffer({ work }: { work: Work }) {
  const say = messages().users;
  const { membership, user, userNames } = work.session;
  if (membership.offeredMainTo !== user.id) return null;
  return (
    <Card>
      <h2>{say.offerTitle(userNames.get(membership.mainUserId) ?? '')}</h2>
      <p>{say.offerText}</p>
      <ConfirmForm
        submit={say.offerAccept}
        email={user.email}
        onConfirm={async (password) => {
          await changeAsUser(work, { kind: 'accept-main', userId: user.id }, {}, password);
          work.say(say.accepted);
        }}
      />
    </Card>
  );
}
