import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedPostgres } from '../../server/db/embedded-postgres.ts';
import { readPostmaster } from '../../server/db/postmaster.ts';

export type KillableDatabase = {
  /** A setting. */
  url: string;
  /** PostgreSQL is started again by the one that watches it. SIGKILL, or SIGINT: as an orderly restart, which ends all connections. */
  end(signal: 'SIGKILL' | 'SIGINT'): void;
  close(): Promise<void>;
};

/** A PostgreSQL of a test's own, which no other test uses. */
export async function startKillableDatabase(): Promise<KillableDatabase> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sprechzimmer-faults-'));
  const postgres = await openEmbeddedPostgres({ dataDir, log: () => {} });
  return {
    // A socket's address has no host before its slash, which a setting must have.
    url: postgres.connectionString.replace('@/', '@localhost/'),
    end(signal) {
      const running = readPostmaster(join(dataDir, 'postgres'));
      if (running) process.kill(running.pid, signal);
    },
    async close() {
      await postgres.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
