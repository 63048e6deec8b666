import { type Db, openDatabase } from '../server/db/database.ts';
import { findRunningPostgres } from '../server/db/embedded-postgres.ts';
import { readConfig } from '../server/http/config.ts';
import { repositoryRoot } from './build.ts';

/**
 * What only the operator may do, at the server's own machine. A practice is named by an e-mail address of one of its
 * users: the operator knows no other name.
 */
const usage = `Usage, beside a running server and with its settings:
  npm run admin -- plans                        the plans there are
  npm run admin -- plan E-MAIL PLAN             gives a practice that plan, and answers its request
  npm run admin -- reset E-MAIL --delete-all    deletes a practice with all that belongs to it; whoever has lost devices
                                                and sheet can then register anew with the same address`;

class AdminError extends Error {
  override readonly name = 'AdminError';
}

try {
  const config = readConfig(process.env, repositoryRoot);
  const connectionString = config.databaseUrl ?? findRunningPostgres(config.dataDir);
  if (!connectionString)
    throw new AdminError(`No server runs on ${config.dataDir}. Start it, or name another DATA_DIR.`);
  const db = openDatabase({ connectionString, maxConnections: 1 });
  try {
    process.stdout.write(`${await run(db, process.argv.slice(2))}\n`);
  } finally {
    await db.destroy();
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
// The launcher's channel would keep the process alive.
process.disconnect?.();

async function run(db: Db, [command, email = '', option = '']: string[]): Promise<string> {
  switch (command) {
    case 'plans':
      return listPlans(db);
    case 'plan':
      return setPlan(db, await findPractice(db, email), option);
    case 'reset':
      if (option !== '--delete-all') throw new AdminError(usage);
      return reset(db, await findPractice(db, email));
    default:
      throw new AdminError(usage);
  }
}

async function findPractice(db: Db, email: string): Promise<string> {
  const user = await db
    .selectFrom('practice_user')
    .where('email', '=', email.trim().toLowerCase())
    .select('practice_id')
    .executeTakeFirst();
  if (!user) throw new AdminError('No user has this e-mail address.');
  return user.practice_id;
}

async function listPlans(db: Db): Promise<string> {
  const plans = await db.selectFrom('plan').orderBy('id').selectAll().execute();
  return plans.map(({ id, max_users }) => `${id}  ${max_users ?? 'any number of'} users`).join('\n');
}

async function setPlan(db: Db, practiceId: string, plan: string): Promise<string> {
  const known = await db.selectFrom('plan').where('id', '=', plan).select('id').executeTakeFirst();
  if (!known) throw new AdminError(`There is no plan of that name. These are:\n${await listPlans(db)}`);
  await db.transaction().execute(async (trx) => {
    await trx.updateTable('practice').set({ plan }).where('id', '=', practiceId).execute();
    await trx.deleteFrom('plan_request').where('practice_id', '=', practiceId).execute();
  });
  return `The practice has the plan ${plan}.`;
}

/** Everything goes with the practice's row. */
async function reset(db: Db, practiceId: string): Promise<string> {
  await db.deleteFrom('practice').where('id', '=', practiceId).execute();
  return 'The practice is deleted. Its address can register anew.';
}
