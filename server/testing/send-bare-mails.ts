import { createTransport } from 'nodemailer';
import type { TestMailServer } from './test-mail-server.ts';

/** The floor of a measurement: nodemailer's own pool, and nothing of ours. One mail to each recipient, all at once. */
export async function sendBareMails(
  { smtp, ca }: Pick<TestMailServer, 'smtp' | 'ca'>,
  recipients: string[],
  mail: { subject: string; text: string },
): Promise<void> {
  const { hostname, port } = new URL(smtp.url);
  const transport = createTransport({
    pool: true,
    maxConnections: 4,
    maxMessages: recipients.length,
    host: hostname,
    port: Number(port),
    requireTLS: true,
    tls: { ca },
  });
  try {
    await Promise.all(recipients.map((to) => transport.sendMail({ ...mail, from: smtp.from, to })));
  } finally {
    transport.close();
  }
}
