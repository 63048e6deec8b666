import type {
  AppointmentInput,
  Cancellation,
  StoredAppointment,
} from '@sprechzimmer/protocol/appointment.ts';
import type { DeliveryInput, StoredDelivery } from '@sprechzimmer/protocol/delivery.ts';
import { ApiError, type PracticeClient } from '../api.ts';

/** The server's side of appointments, with a line that can lose requests or answers. */
export function fakeServer() {
  const rows = new Map<string, StoredAppointment>();
  const line = { loses: 'nothing' as 'nothing' | 'request' | 'answer' };
  const inputs: AppointmentInput[] = [];
  let writes = 0;

  async function through<T>(operation: () => T): Promise<T> {
    if (line.loses === 'request') throw new ApiError('OFFLINE');
    const result = operation();
    if (line.loses === 'answer') throw new ApiError('OFFLINE');
    return result;
  }
  function kept({ id, keepDeliveries }: AppointmentInput): StoredDelivery[] {
    const before = rows.get(id)?.deliveries ?? [];
    return before.filter((one) => one.state !== 'waiting' || keepDeliveries.includes(one.id));
  }
  function write(input: AppointmentInput, version: number) {
    writes += 1;
    const { id, practitionerId, day, generation, sealed } = input;
    const unseen = { openedAt: null, arrivedAt: null, attendedAt: null, isHere: false, consent: null };
    rows.set(id, {
      id,
      practitionerId,
      day,
      generation,
      sealed,
      version,
      heldAt: null,
      invitations: input.invitations.map((one) => ({ id: one.id, ...unseen })),
      deliveries: [...kept(input), ...input.deliveries.map(waiting)],
    });
    inputs.push(input);
    return { version };
  }
  const appointment = {
    list: ({ from, to }: { from: string; to: string }) =>
      through(() => ({ appointments: [...rows.values()].filter(({ day }) => from <= day && day <= to) })),
    book: (input: AppointmentInput) =>
      through(() => {
        if (rows.has(input.id)) throw new ApiError('ALREADY_REGISTERED');
        return write(input, 1);
      }),
    reschedule: (input: AppointmentInput & { version: number }) =>
      through(() => {
        if (rows.get(input.id)?.version !== input.version) throw new ApiError('VERSION_CONFLICT');
        return write(input, input.version + 1);
      }),
    cancel: ({ id, version }: Cancellation) =>
      through(() => {
        if (rows.get(id)?.version !== version) throw new ApiError('VERSION_CONFLICT');
        rows.delete(id);
        return {};
      }),
  };
  const reports: unknown[] = [];
  const consultation = { report: (report: unknown) => through(() => void reports.push(report)) };
  const client = { appointment, consultation } as unknown as PracticeClient;
  return { client, rows, line, inputs, reports, writes: () => writes };
}

function waiting({ id, invitationId, channel }: DeliveryInput): StoredDelivery {
  const at = new Date(0).toISOString();
  return { id, invitationId, channel, state: 'waiting', reason: null, dueAt: at, changedAt: at };
}
