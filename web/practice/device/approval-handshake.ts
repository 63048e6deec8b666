import { type Bytes, fromUtf8, utf8 } from '@sprechzimmer/crypto/bytes.ts';
import { beginAsHost, beginAsParticipant, HandshakeError } from '@sprechzimmer/crypto/handshake.ts';
import { openRecordChannel, type RecordChannel } from '@sprechzimmer/crypto/records.ts';
import { OpenError } from '@sprechzimmer/crypto/seal.ts';
import { type ApprovalMessage, approvalMessage } from '@sprechzimmer/protocol/device.ts';
import { frameKinds } from '@sprechzimmer/protocol/signalling.ts';
import { ApprovalError, type Mailbox } from './approval-mailbox.ts';

/** What the two ends say to each other once both have proven that they know the code. */
export type ApprovalLink = {
  say: (message: ApprovalMessage) => Promise<void>;
  /** @throws ApprovalError, ApiError */
  hear: <Kind extends ApprovalMessage['kind']>(
    kind: Kind,
  ) => Promise<Extract<ApprovalMessage, { kind: Kind }>>;
};

/** The approved device's end. @throws ApprovalError, ApiError */
export async function linkAsApprover(mailbox: Mailbox, psk: Bytes): Promise<ApprovalLink> {
  return authentic(async () => {
    const { m0, finish } = await beginAsHost(psk);
    await mailbox.send(frameKinds.m0, m0);
    const { m2, result } = await finish(await mailbox.receive(frameKinds.m1));
    await mailbox.send(frameKinds.m2, m2);
    return link(mailbox, await openRecordChannel(result, 'host'));
  });
}

/** The new device's end; waits until someone types the code. @throws ApprovalError, ApiError */
export async function linkAsNewDevice(mailbox: Mailbox, psk: Bytes): Promise<ApprovalLink> {
  return authentic(async () => {
    const { m1, finish } = await beginAsParticipant(psk, await mailbox.receive(frameKinds.m0));
    await mailbox.send(frameKinds.m1, m1);
    const result = await finish(await mailbox.receive(frameKinds.m2));
    return link(mailbox, await openRecordChannel(result, 'participant'));
  });
}

function link(mailbox: Mailbox, channel: RecordChannel): ApprovalLink {
  return {
    async say(message) {
      await mailbox.send(frameKinds.record, await channel.seal(utf8(JSON.stringify(message))));
    },
    hear: (kind) =>
      authentic(async () => {
        const record = await channel.open(await mailbox.receive(frameKinds.record));
        const message = approvalMessage.safeParse(JSON.parse(fromUtf8(record)));
        if (!message.success || message.data.kind !== kind) throw new ApprovalError('handshake');
        return message.data as Extract<ApprovalMessage, { kind: typeof kind }>;
      }),
  };
}

async function authentic<T>(step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (cause) {
    const isForged = cause instanceof HandshakeError || cause instanceof OpenError;
    throw isForged ? new ApprovalError('handshake', { cause }) : cause;
  }
}
