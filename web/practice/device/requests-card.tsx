import { Button } from '@sprechzimmer/design/button.tsx';
import { formatClock, formatTimeOfDay } from '@sprechzimmer/design/dates.ts';
import { language } from '@sprechzimmer/design/i18n.ts';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import { LiveText } from '@sprechzimmer/design/page.tsx';
import type { OpenRequest } from '@sprechzimmer/protocol/device.ts';
import type { Work } from '../work.ts';
import { deviceMessages } from './messages.ts';
import { useRequests } from './use-requests.ts';

/** Quiet, above the list: somebody sits at a new device and waits. */
export function RequestsCard({ work }: { work: Work }) {
  const say = deviceMessages().requests;
  const requests = useRequests(work).value ?? [];
  return (
    <LiveText>
      {requests.map((request) => (
        <Notice
          key={request.id}
          title={say.title}
          actions={
            <Button onClick={() => work.views.open({ kind: 'approve', code: '' })}>{say.enter}</Button>
          }
        >
          {say.text(requesterName(work, request), request.browser, sinceWhen(request))}
        </Notice>
      ))}
    </LiveText>
  );
}

/** From the practice's own sealed records; the server knows no names. */
export function requesterName(work: Work, request: OpenRequest): string {
  const { userNames, view } = work.session;
  const email = view.users.find(({ id }) => id === request.userId)?.email;
  return userNames.get(request.userId) ?? email ?? '?';
}

export function sinceWhen(request: OpenRequest): string {
  return formatTimeOfDay(formatClock(new Date(request.createdAt), language.value), language.value);
}
