import type { Context } from '../http/context.ts';

/** A revoked host code is deleted, and so is one whose appointment was cancelled or moved to another day. */
export async function isHostCodeRevoked({ db }: Pick<Context, 'db'>, hostCodeId: string): Promise<boolean> {
  const row = await db.selectFrom('host_code').select('id').where('id', '=', hostCodeId).executeTakeFirst();
  return row === undefined;
}
