import { useSignal } from '@preact/signals';
import { ConnectionCheck } from '@sprechzimmer/design/connection/connection-check.tsx';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import { Card } from '@sprechzimmer/design/page.tsx';
import type { IceServer } from '@sprechzimmer/protocol/signalling.ts';
import { PublicLink } from '../public-pages/public-link.tsx';
import { SubPage } from '../settings/sub-page.tsx';
import type { Work } from '../work.ts';
import { networkMessages } from './messages.ts';

/** The line of the practice, tried out with the relay itself; and the way to the list of what has to be open. */
export function NetworkPage({ work }: { work: Work }) {
  const say = networkMessages();
  const hasRelay = useSignal<boolean | undefined>(undefined);
  async function ask(): Promise<IceServer[]> {
    const { iceServers } = await work.client.relay.testServers({});
    hasRelay.value = iceServers.some(({ urls }) => urls.some((url) => /^turns?:/.test(url)));
    return iceServers;
  }
  return (
    <SubPage
      work={work}
      title={say.title}
      lead={say.lead}
      onBack={() => work.views.open({ kind: 'settings' })}
    >
      <Card>
        <h2>{say.testHeading}</h2>
        <p>{say.testLead}</p>
        <ConnectionCheck ask={ask} />
        {hasRelay.value === false && <Notice tone="warn">{say.noRelay}</Notice>}
      </Card>
      <Card>
        <h2>{say.portsHeading}</h2>
        <p>{say.portsLead}</p>
        <PublicLink page="hilfe/firewall" class="button button-secondary">
          {say.openList}
        </PublicLink>
      </Card>
    </SubPage>
  );
}
