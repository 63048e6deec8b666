import { randomBytes, randomUUID } from 'node:crypto';
import type { AppointmentInput } from '@sprechzimmer/protocol/appointment.ts';
import { Pool } from 'pg';
import type { TestDatabase } from './test-database.ts';

export type BareAppointments = {
  /** One more appointment with one invitation, as an operation would write it, in one transaction. */
  insert(): Promise<void>;
  close(): Promise<void>;
};

/** What PostgreSQL does with the rows of an appointment when nothing but the driver is in between: a bench's floor. */
export function openBareAppointments(
  { connectionString, schema }: TestDatabase,
  { practiceId, input }: { practiceId: string; input: AppointmentInput },
  connections: number,
): BareAppointments {
  const pool = new Pool({ connectionString, max: connections, options: `-c search_path=${schema}` });
  const { day, practitionerId } = input;
  const sealed = Buffer.from(input.sealed, 'base64url');
  const card = Buffer.from(input.invitations[0]?.card ?? '', 'base64url');
  return {
    async insert() {
      const [id, invitationId] = [randomUUID(), randomUUID()];
      const client = await pool.connect();
      try {
        await client.query('begin');
        await client.query(
          `insert into appointment (id, practice_id, practitioner_id, day, version, generation, sealed)
           values ($1, $2, $3, $4, 1, 1, $5)`,
          [id, practiceId, practitionerId, day, sealed],
        );
        await client.query(
          `insert into invitation (id, appointment_id, practice_id, practitioner_id, day, locator_hash, card)
           values ($1, $2, $3, $4, $5, $6, $7)`,
          [invitationId, id, practiceId, practitionerId, day, randomBytes(32), card],
        );
        await client.query('commit');
      } finally {
        client.release();
      }
    },
    close: () => pool.end(),
  };
}
