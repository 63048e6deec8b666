import { useSignal } from '@preact/signals';
import { ConnectionCheck } from '@sprechzimmer/design/connection/connection-check.tsx';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import { Card } from '@sprechzimmer/design/page.tsx';
import type { IceServer } from '@sprechzimmer/protocol/signalling.ts';
import { SubPage } from '../settings/sub-page.tsx';
import type { Work } from '../work.ts';
import { networkMessages } from './messages.ts';

/** The line of the practice, tried out with the relay itself; and what a firewall has to let through. */
export function NetworkPage({ work }: { work: Work }) {
  const say = networkMessages();
  const hosts = useSignal<string[] | undefined>(undefined);
  async function ask(): Promise<IceServer[]> {
    const { iceServers } = await work.client.relay.testServers({});
    hosts.value = relayHosts(iceServers);
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
        {hosts.value?.length === 0 && <Notice tone="warn">{say.noRelay}</Notice>}
      </Card>
      <Card>
        <h2>{say.portsHeading}</h2>
        <p>{say.portsLead}</p>
        <PortsTable />
        {hosts.value && hosts.value.length > 0 && <p>{say.hosts(hosts.value.join(', '))}</p>}
      </Card>
    </SubPage>
  );
}

function PortsTable() {
  const say = networkMessages();
  const rows = [
    [say.rows.web, 'TCP', '443'],
    [say.rows.udp, 'UDP', '3478, 3479'],
    [say.rows.tcp, 'TCP', '3478, 3479'],
    [say.rows.tls, 'TCP (TLS)', '5349, 5350, 443'],
    [say.rows.media, 'UDP', '49152–65535'],
    [say.rows.direct, 'UDP', say.any],
  ];
  return (
    <div class="ways" role="region" aria-label={say.portsHeading} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {[say.target, say.protocol, say.ports].map((heading) => (
              <th key={heading} scope="col">
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([target, protocol, ports]) => (
            <tr key={target}>
              <th scope="row">{target}</th>
              <td>{protocol}</td>
              <td>{ports}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Each once, as it stands in the addresses: `turn:HOST:PORT`. */
function relayHosts(iceServers: IceServer[]): string[] {
  const hosts = iceServers.flatMap(({ urls }) =>
    urls.flatMap((url) => /^turns?:(\[[^\]]+\]|[^:?]+)/.exec(url)?.[1] ?? []),
  );
  return [...new Set(hosts)];
}
