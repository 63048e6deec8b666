import { State } from '@sprechzimmer/design/notice.tsx';
import { LiveText } from '@sprechzimmer/design/page.tsx';
import type { Participant } from '@sprechzimmer/protocol/appointment.ts';
import type { Channel } from '@sprechzimmer/protocol/delivery.ts';
import type { ReadableEntry } from '../appointment/agenda.ts';
import { deliveriesOf, deliveryState } from './invitation-state.ts';

type DeliveriesProps = { entry: ReadableEntry; participant: Participant; channel: Channel };

/** What became of the server's messages to one participant, and what to do. */
export function Deliveries({ entry, participant, channel }: DeliveriesProps) {
  const deliveries = deliveriesOf(entry, participant).filter((one) => one.channel === channel);
  return (
    <LiveText>
      {deliveries.map((delivery) => {
        const { tone, text, remedy } = deliveryState(delivery);
        return (
          <div key={delivery.id} class="stack-tight">
            <State tone={tone}>{text}</State>
            {remedy && <p>{remedy}</p>}
          </div>
        );
      })}
    </LiveText>
  );
}
