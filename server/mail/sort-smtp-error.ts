import type { Outcome } from './outbox.ts';

/** What nodemailer says of an error. */
export type SmtpError = Error & {
  code?: string;
  /** The system's own code behind it. */
  originalCode?: string;
  /** The mail server's answer (RFC 5321, 4.2), and the step it was given to. */
  responseCode?: number | false;
  response?: string;
  command?: string;
};

/** A mail server that cannot be reached is asked again after so long, whatever waits for it. */
const unreachablePauseMs = 15_000;
/** Wrong passwords again and again make a mail server shut an account. */
const signInPauseMs = 600_000;

/**
 * What is to become of a message that could not be sent. A clear answer decides; without one everything depends on
 * whether the message had been handed over already.
 */
export function sortSmtpError(error: SmtpError, wasHandedOver: boolean): Outcome {
  const code = error.responseCode || 0;
  if (wasHandedOver) {
    if (code >= 500) return { state: 'refused', reason: 'content' };
    return code >= 400 ? { state: 'waiting', reason: 'later' } : { state: 'uncertain' };
  }
  if (isSignIn(error, code)) return { state: 'waiting', reason: 'sign-in', pauseMs: signInPauseMs };
  if (error.command === 'RCPT TO' && code >= 500) {
    return { state: 'refused', reason: isPolicy(error) ? 'mail-server' : 'address' };
  }
  if (error.command === 'DATA' && code >= 500) return { state: 'refused', reason: 'content' };
  if (error.command === 'RCPT TO' || error.command === 'DATA') return { state: 'waiting', reason: 'later' };
  if (error.command === 'MAIL FROM') return { state: 'waiting', reason: 'mail-server' };
  const reason = code > 0 || error.code === 'ETLS' ? 'mail-server' : 'unreachable';
  return { state: 'waiting', reason, pauseMs: unreachablePauseMs };
}

/** Refused, not just put off: name or password are wrong, or missing (RFC 4954). */
function isSignIn({ code }: SmtpError, answer: number): boolean {
  return (code === 'EAUTH' && (answer === 0 || answer >= 500)) || answer === 530;
}

/** The mail server will not pass mail on, which says nothing about the address (RFC 3463, 3.8). */
function isPolicy({ response = '' }: SmtpError): boolean {
  return /^5\d\d[ -]5\.7\./.test(response);
}
