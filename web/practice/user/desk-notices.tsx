import { Notice } from '@sprechzimmer/design/notice.tsx';
import { DeletionNotice } from '../retention/deletion-notice.tsx';
import { messages } from '../messages.ts';
import type { Work } from '../work.ts';
import { MainOffer } from './main-offer.tsx';

/** Above today's list: what concerns the user's own standing in the practice. */
export function DeskNotices({ work }: { work: Work }) {
  const say = messages().activate;
  const { membership, user } = work.session;
  return (
    <>
      <DeletionNotice work={work} />
      {membership.users.get(user.id)?.state === 'added' && (
        <Notice tone="warn" title={say.unfinishedTitle}>
          {say.unfinished}
        </Notice>
      )}
      <MainOffer work={work} />
    </>
  );
}
