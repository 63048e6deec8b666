import { sql } from 'kysely';
import type { Db } from '../db/database.ts';

/**
 * Gives a practice many appointments, three months back and two years ahead, but none in the fortnights around today.
 * Their records are bytes as long as real ones.
 */
export async function addCrowd(
  db: Db,
  { practiceId, practitionerId }: { practiceId: string; practitionerId: string },
  count: number,
): Promise<void> {
  await sql`
    insert into appointment (id, practice_id, practitioner_id, day, version, generation, sealed)
    select gen_random_uuid(), ${practiceId}, ${practitionerId},
      current_date + case when n % 8 = 0 then -16 - n % 74 else 16 + n % 700 end,
      1, 1, decode(repeat(md5(n::text), 25), 'hex')
    from generate_series(1, ${count}::integer) n`.execute(db);
  await sql`
    insert into invitation (id, appointment_id, practice_id, practitioner_id, day, locator_hash, card)
    select gen_random_uuid(), id, practice_id, practitioner_id, day, sha256(id::text::bytea), sealed
    from appointment where practice_id = ${practiceId} and day >= current_date + 16`.execute(db);
  await sql`analyze appointment, invitation`.execute(db);
}
