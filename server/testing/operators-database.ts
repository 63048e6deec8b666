import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { join } from 'node:path';
import { sql } from 'kysely';
import { openDatabase } from '../db/database.ts';
import { startTestPostgres } from './test-database.ts';

/** An empty database of a real PostgreSQL, reached over TCP as an operator's own one is. */
export type OperatorsDatabase = { url: string; close(): Promise<void> };

export async function openOperatorsDatabase(): Promise<OperatorsDatabase> {
  const lent = process.env['TEST_DATABASE_URL'];
  const postgres = lent ? undefined : await startTestPostgres();
  const address = lent ?? postgres!.connectionString;
  const name = `operator_${randomBytes(6).toString('hex')}`;
  const admin = openDatabase({ connectionString: address, maxConnections: 1 });
  await sql`create database ${sql.id(name)}`.execute(admin);
  const [, user = ''] = /^postgres(?:ql)?:\/\/([^:@/]+)/.exec(address) ?? [];
  const folder = new URLSearchParams(address.slice(address.indexOf('?'))).get('host');
  // The tests' PostgreSQL listens on a socket in a folder that no other user may enter.
  const gate = createServer((client) => {
    const server = connect(join(folder!, '.s.PGSQL.5432'));
    client.on('error', () => server.destroy());
    server.on('error', () => client.destroy());
    client.pipe(server).pipe(client);
  }).listen(0, '127.0.0.1');
  await once(gate, 'listening');
  const { port } = gate.address() as AddressInfo;
  return {
    url: `postgresql://${user}@127.0.0.1:${port}/${name}`,
    async close() {
      gate.close();
      await sql`drop database ${sql.id(name)} with (force)`.execute(admin);
      await admin.destroy();
      await postgres?.close();
    },
  };
}
