import { Button } from '@sprechzimmer/design/button.tsx';
import { Notice, State, type Tone } from '@sprechzimmer/design/notice.tsx';
import { Card } from '@sprechzimmer/design/page.tsx';
import { UserPlus } from 'lucide';
import { messages } from '../messages.ts';
import { PlanRequest } from '../settings/plan-request.tsx';
import { SubPage } from '../settings/sub-page.tsx';
import type { Work } from '../work.ts';
import { Avatar } from './avatar.tsx';
import { isPlanFull, listUsers, type ListedUser } from './users.ts';

/** Everyone who can sign in. Only the main user changes anything here. */
export function UsersPage({ work }: { work: Work }) {
  const say = messages().users;
  const users = listUsers(work.session);
  const { isMain } = work.session.user;
  const main = users.find((user) => user.isMain)?.name ?? '';
  return (
    <SubPage work={work} title={say.title} lead={isMain ? say.lead : `${say.lead} ${say.readOnly(main)}`}>
      <ul class="member-list">
        {users.map((user) => (
          <UserRow key={user.id} work={work} user={user} editable={isMain} />
        ))}
      </ul>
      {isMain && <AddUser work={work} />}
    </SubPage>
  );
}

function AddUser({ work }: { work: Work }) {
  const say = messages().users;
  if (isPlanFull(work.session)) {
    return (
      <Card quiet>
        <h2>{say.planTitle}</h2>
        <p>{say.plan}</p>
        <PlanRequest work={work} requested={say.plusRequested} />
      </Card>
    );
  }
  return (
    <Button kind="primary" icon={UserPlus} onClick={() => work.views.open({ kind: 'add-user' })}>
      {say.add}
    </Button>
  );
}

const tones: Record<ListedUser['state'], Tone> = { invited: 'info', active: 'good', deactivated: 'warn' };

function UserRow({ work, user, editable }: { work: Work; user: ListedUser; editable: boolean }) {
  const say = messages().users;
  const offered = work.session.membership.offeredMainTo === user.id;
  return (
    <li class="member">
      <Avatar work={work} userId={user.id} name={user.name} />
      <div class="member-who">
        <p>
          <strong dir="auto">{user.name}</strong>
          {user.isSelf && <span class="quiet-text"> ({say.you})</span>}
        </p>
        <p class="quiet-text">
          {say.role[user.role]}
          {user.isMain && `, ${say.main}`}
        </p>
        <p class="quiet-text">{user.email}</p>
        <State tone={tones[user.state]}>{say.state[user.state]}</State>
        {offered && editable && <Notice>{say.offered(user.name)}</Notice>}
      </div>
      {editable && !user.isSelf && (
        <Button
          kind="quiet"
          aria-label={say.edit(user.name)}
          onClick={() => work.views.open({ kind: 'user', userId: user.id })}
        >
          {say.editShort}
        </Button>
      )}
    </li>
  );
}
