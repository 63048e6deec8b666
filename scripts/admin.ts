import { readConfig } from '../server/http/config.ts';
import { type Command, type Outcome, onDatabase } from './admin-command.ts';
import { AdminError } from './admin-error.ts';
import { repositoryRoot } from './build.ts';

/**
 * What only the operator may do, at the server's own machine and with its settings. A practice is named by an e-mail
 * address of one of its users: the operator knows no other name.
 */
const commands: Record<string, Command> = {
  check: {
    usage: [
      'check',
      'looks at the settings and at everything the server needs, and says what to do; changes and sends nothing',
    ],
    run: async () => (await import('./admin-check.ts')).checkEverything(process.env),
  },
  practices: {
    usage: ['practices', 'all practices: id, main user, plan, users, appointments, last sign-in'],
    run: onDatabase(async (db) => (await import('./admin-practices.ts')).listPractices(db)),
  },
  plans: {
    usage: ['plans', 'the plans there are, with their limits'],
    run: onDatabase(async (db) => (await import('./admin-plans.ts')).listPlans(db)),
  },
  plan: {
    usage: ['plan E-MAIL PLAN', 'gives a practice that plan, and answers its request'],
    run: onDatabase(async (db, [email = '', plan = '']) => {
      const [{ setPlan }, { findUser }] = await practiceParts();
      return setPlan(db, (await findUser(db, email)).practiceId, plan);
    }),
  },
  limit: {
    usage: [
      'limit PLAN KEY VALUE',
      'changes what a plan allows, and makes it if there is none of that name; KEY is users, participants or consultations-per-month with a number or none as VALUE, or server-mail or sms with yes or no',
    ],
    run: onDatabase(async (db, [plan = '', key = '', value = '']) =>
      (await import('./admin-plans.ts')).setLimit(db, { plan, key, value }),
    ),
  },
  caps: {
    usage: ['caps', 'the shares of video consultations that may be billed, by date'],
    run: onDatabase(async (db) => (await import('./admin-caps.ts')).listCaps(db)),
  },
  cap: {
    usage: [
      'cap YYYY-MM-DD PERCENT SOURCE',
      'the share from that day on, and where it is written; PERCENT none takes the entry away',
    ],
    run: onDatabase(async (db, [validFrom = '', percent = '', ...source]) =>
      (await import('./admin-caps.ts')).setCap(db, { validFrom, percent, source: source.join(' ') }),
    ),
  },
  unlock: {
    usage: [
      'unlock E-MAIL [--second-factor]',
      'ends a user’s session that is locked or out of reach; with --second-factor it takes away a second factor that was lost, instead',
    ],
    run: onDatabase(async (db, [email = '', option]) => {
      const { findUser, unlockUser, removeSecondFactor } = await import('./admin-practices.ts');
      const user = await findUser(db, email);
      if (option === undefined) return unlockUser(db, user);
      if (option !== '--second-factor') throw new AdminError(explain());
      return removeSecondFactor(db, user);
    }),
  },
  delete: {
    usage: [
      'delete E-MAIL --delete-all',
      'deletes a practice with all that belongs to it; whoever has lost devices and sheet can then register anew with the same address',
    ],
    run: onDatabase(async (db, [email = '', confirmed]) => {
      if (confirmed !== '--delete-all') throw new AdminError(explain());
      const { findUser, deleteWholePractice } = await import('./admin-practices.ts');
      return deleteWholePractice(db, (await findUser(db, email)).practiceId);
    }),
  },
  statistics: {
    usage: ['statistics', 'counts without persons, by month'],
    run: onDatabase(async (db) => (await import('./admin-statistics.ts')).listStatistics(db)),
  },
  log: {
    usage: ['log [NUMBER]', 'what was done with these commands, the newest first'],
    run: onDatabase(async (db, [wanted]) => (await import('./admin-log.ts')).listAdminLog(db, wanted)),
  },
  deletions: {
    usage: ['deletions', 'what was deleted, in numbers and without persons, as CSV (docs/retention.md)'],
    run: onDatabase(async (db) => (await import('./admin-deletions.ts')).listDeletionLog(db)),
  },
  backup: {
    usage: [
      'backup FILE',
      'writes the whole database as it is in this moment, and the server’s key where it lies in DATA_DIR, compressed; - is the standard output. Servers may run (docs/backup.md)',
    ],
    run: async (words, config) => (await import('./admin-backup.ts')).backUp(config(), words),
  },
  restore: {
    usage: [
      'restore FILE',
      'puts a backup into an empty database, wholly or not at all; no server may run on it. - is the standard input',
    ],
    run: async (words, config) => (await import('./admin-backup.ts')).restore(config(), words),
  },
  evidence: {
    usage: [
      'evidence FOLDER',
      'writes a folder for the auditor, in German: data flows, cryptography, retention, deletion log, OWASP ASVS, bill of materials, accessibility, settings without secrets; it is no certificate',
    ],
    run: async (words, config) => (await import('./admin-evidence.ts')).evidence(config(), words),
  },
  verify: {
    usage: [
      'verify URL [--manifest FILE]',
      'compares what a running server sends to browsers, page, files and headers, with the sources here or with such a manifest, and tells each difference (docs/verify.md)',
    ],
    run: async (words) => (await import('./admin-verify.ts')).verify(words),
  },
  manifest: {
    usage: ['manifest practice|room', 'prints the manifest of an app as the sources here make it'],
    run: async (words) => (await import('./admin-verify.ts')).printManifest(words),
  },
  'relay-config': {
    usage: [
      'relay-config ADDRESS ... [--external ADDRESS] [--certificate FILE --key FILE]',
      'prints coturn’s turnserver.conf for a machine with these addresses (see deploy/README.md); needs no running server',
    ],
    run: async (words, config) => (await import('./admin-relay.ts')).relayConf(config(), words),
  },
};

const endPatienceMs = 5_000;

try {
  const outcome = await run(process.argv.slice(2));
  process.stdout.write(outcome.output);
  if (!outcome.isGood) process.exitCode = 1;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
// The launcher's channel would keep the process alive.
process.disconnect?.();
// So might a connection that the other side does not end; the command is done.
setTimeout(() => process.exit(), endPatienceMs).unref();

async function run([name = '', ...words]: string[]): Promise<Outcome> {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw new AdminError(explain());
  const warn = (line: string): void => void process.stderr.write(`${line}\n`);
  const outcome = await command.run(words, () => readConfig(process.env, repositoryRoot, warn));
  return typeof outcome === 'string' ? { output: outcome, isGood: true } : outcome;
}

function practiceParts() {
  return Promise.all([import('./admin-plans.ts'), import('./admin-practices.ts')]);
}

function explain(): string {
  const lines = Object.values(commands).map(({ usage: [words, meaning] }) => `  ${words}\n      ${meaning}`);
  const how = 'Usage, at the server’s own machine and with its settings (docs/settings.md):';
  return [how, '  bin/sprechzimmer COMMAND, or npm run admin -- COMMAND; COMMAND is', ...lines].join('\n');
}
