import { type Db, openDatabase } from '../server/db/database.ts';
import { findRunningPostgres } from '../server/db/embedded-postgres.ts';
import { type Config, readConfig } from '../server/http/config.ts';
import { setCap, listCaps } from './admin-caps.ts';
import { AdminError } from './admin-error.ts';
import { listPlans, setLimit, setPlan } from './admin-plans.ts';
import { relayConf } from './admin-relay.ts';
import { repositoryRoot } from './build.ts';

/**
 * What only the operator may do, at the server's own machine. A practice is named by an e-mail address of one of its
 * users: the operator knows no other name.
 */
const usage = `Usage, beside a running server and with its settings:
  npm run admin -- plans                        the plans there are, with their limits
  npm run admin -- plan E-MAIL PLAN             gives a practice that plan, and answers its request
  npm run admin -- limit PLAN KEY VALUE         changes what a plan allows, and makes it if there is none of that name; KEY
                                                is users, participants or consultations-per-month with a number or none
                                                as VALUE, or server-mail or sms with yes or no
  npm run admin -- caps                         the shares of video consultations that may be billed, by date
  npm run admin -- cap YYYY-MM-DD PERCENT SOURCE  the share from that day on, and where it is written; PERCENT none takes
                                                the entry away
  npm run admin -- reset E-MAIL --delete-all    deletes a practice with all that belongs to it; whoever has lost devices
                                                and sheet can then register anew with the same address
  npm run --silent admin -- relay-config ADDRESS ... [--external ADDRESS] [--certificate FILE --key FILE]
                                                prints coturn's turnserver.conf for a machine with these addresses (see
                                                deploy/README.md); needs no running server`;

try {
  const config = readConfig(process.env, repositoryRoot);
  const words = process.argv.slice(2);
  process.stdout.write(
    words[0] === 'relay-config' ? relayConf(config, words.slice(1)) : await runOnDatabase(config, words),
  );
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
// The launcher's channel would keep the process alive.
process.disconnect?.();

async function runOnDatabase(config: Config, words: string[]): Promise<string> {
  const connectionString = config.databaseUrl ?? findRunningPostgres(config.dataDir);
  if (!connectionString)
    throw new AdminError(`No server runs on ${config.dataDir}. Start it, or name another DATA_DIR.`);
  const db = openDatabase({ connectionString, maxConnections: 1 });
  try {
    return `${await run(db, words)}\n`;
  } finally {
    await db.destroy();
  }
}

async function run(db: Db, [command, ...words]: string[]): Promise<string> {
  const [email = '', option = '', value = ''] = words;
  switch (command) {
    case 'plans':
      return listPlans(db);
    case 'plan':
      return setPlan(db, await findPractice(db, email), option);
    case 'limit':
      return setLimit(db, { plan: email, key: option, value });
    case 'caps':
      return listCaps(db);
    case 'cap':
      return setCap(db, { validFrom: email, percent: option, source: words.slice(2).join(' ') });
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

/** Everything goes with the practice's row. */
async function reset(db: Db, practiceId: string): Promise<string> {
  await db.deleteFrom('practice').where('id', '=', practiceId).execute();
  return 'The practice is deleted. Its address can register anew.';
}
