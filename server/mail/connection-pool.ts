import type { SmtpConfig } from '../http/delivery-settings.ts';
import { type MailConnection, openMailConnection } from './smtp-connection.ts';
import { smtpAuth, smtpOptions } from './smtp-options.ts';

/** A connection that nobody needs is closed after so long; mail servers do not wait much longer. */
const idleMs = 5_000;

export type ConnectionPool = {
  /** One that has been used before and is open still. */
  takeIdle(): MailConnection | undefined;
  /** @throws SmtpError */
  open(): Promise<MailConnection>;
  keep(connection: MailConnection): void;
};

/** Connections to the operator's mail server, until `signal` says that no more are wanted. */
export function createConnectionPool(smtp: SmtpConfig, signal: AbortSignal): ConnectionPool {
  const idle = new Map<MailConnection, NodeJS.Timeout>();

  function end(connection: MailConnection): void {
    clearTimeout(idle.get(connection));
    idle.delete(connection);
    connection.close();
  }
  signal.addEventListener('abort', () => {
    for (const connection of idle.keys()) end(connection);
  });
  return {
    takeIdle() {
      for (const [connection, timer] of idle) {
        clearTimeout(timer);
        idle.delete(connection);
        if (connection.isOpen()) return connection;
      }
      return undefined;
    },
    open: () => openMailConnection(smtpOptions(smtp), smtpAuth(smtp), signal),
    keep(connection) {
      if (signal.aborted || !connection.isOpen()) return connection.close();
      idle.set(
        connection,
        setTimeout(() => end(connection), idleMs),
      );
    },
  };
}
