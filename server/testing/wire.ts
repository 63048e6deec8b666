import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { appointmentRecord } from '@sprechzimmer/protocol/appointment.ts';
import { channelMessage } from '@sprechzimmer/protocol/consultation.ts';
import { contactRecord } from '@sprechzimmer/protocol/contact.ts';
import { contract } from '@sprechzimmer/protocol/contract.ts';
import { fileMessage } from '@sprechzimmer/protocol/file-message.ts';
import { hostCard, invitationCard } from '@sprechzimmer/protocol/invitation.ts';
import { roomWindowRecord, roomWindowRecordTaken } from '@sprechzimmer/protocol/room-window-record.ts';
import { roomWindowLocked, roomWindowOpen, roomWindowReady } from '@sprechzimmer/protocol/room-window.ts';
import { clientMessage, sealedSignal, serverMessage } from '@sprechzimmer/protocol/signalling.ts';
import { z } from 'zod';
import type { WireSchema } from './wire-dangers.ts';

const kept = join(import.meta.dirname, 'wire-before.jsonl');

/** What pages and servers say to each other, or leave for each other, by name. */
export function wire(): Record<string, WireSchema> {
  const said = {
    clientMessage,
    serverMessage,
    sealedSignal,
    channelMessage,
    fileMessage,
    roomWindowReady,
    roomWindowOpen,
    roomWindowLocked,
    roomWindowRecord,
    roomWindowRecordTaken,
    invitationCard,
    hostCard,
    appointmentRecord,
    contactRecord,
  };
  const asked = Object.entries(contract).flatMap(([noun, operations]) =>
    Object.entries(operations).flatMap(([name, { '~orpc': operation }]) => {
      const { inputSchema, outputSchema } = operation;
      return [
        [`${noun}.${name}`, schemaOf(inputSchema, 'input')],
        [`answer to ${noun}.${name}`, schemaOf(outputSchema, 'output')],
      ] as const;
    }),
  );
  return {
    ...Object.fromEntries(Object.entries(said).map(([name, one]) => [name, schemaOf(one, 'input')])),
    ...Object.fromEntries(asked),
  };
}

/** The same as it was in the version before. */
export function wireBefore(): Record<string, WireSchema> {
  const lines = readFileSync(kept, 'utf8').trim().split('\n');
  return Object.fromEntries(lines.map((line) => JSON.parse(line) as [string, WireSchema]));
}

function schemaOf(schema: unknown, io: 'input' | 'output'): WireSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema as z.ZodType, { unrepresentable: 'any', io });
  return rest as WireSchema;
}

// After a release: what has just been released is the version before from now on.
if (import.meta.main) {
  const lines = Object.entries(wire()).map((entry) => `${JSON.stringify(entry)}\n`);
  writeFileSync(kept, lines.join(''));
}
