import { openEmbeddedPostgres } from '../db/embedded-postgres.ts';

// A process that holds an embedded PostgreSQL until it is killed: a test does that to it.
const [dataDir] = process.argv.slice(2);
if (!dataDir) throw new TypeError('database-owner.ts <data folder>');
const { connectionString } = await openEmbeddedPostgres({ dataDir, log: () => {} });
process.stdout.write(`${connectionString}\n`);
