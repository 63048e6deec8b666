import { randomBytes, randomInt } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { maxPasswordLength, minPasswordLength } from '@sprechzimmer/protocol/practice.ts';
import { dictionary } from '@zxcvbn-ts/language-common';
import { refusal } from '../http/errors.ts';
import { createSlots } from './slots.ts';

/** 64 MiB and 8 passes: about 0.1 s of one core, well above OWASP's least (19 MiB, 2 passes). */
const memoryKiB = 65_536;
const passes = 8;
const lanes = 1;

/** Two of libuv's four threads, so that signatures and files never wait behind passwords. */
export const passwordsAtOnce = 2;
const slots = createSlots({ parallel: passwordsAtOnce, maxWaiting: 100 });
/** A full queue is empty after some five seconds; not all come back at the same moment. */
const fullRetrySeconds = { from: 3, below: 9 };

const leakedPasswords = new Set(dictionary['passwords-common']);

/** A hash of nothing known, checked for accounts that do not exist, so that they take the same time. */
const hashOfNobody = [
  '$argon2id$v=19',
  `m=${memoryKiB},t=${passes},p=${lanes}`,
  randomBytes(16).toString('base64').replaceAll('=', ''),
  randomBytes(32).toString('base64').replaceAll('=', ''),
].join('$');

/**
 * Length and a list of leaked passwords; no rules of composition (NIST SP 800-63B-4, 3.1.1.2).
 * @throws PASSWORD_TOO_SHORT, PASSWORD_BREACHED
 */
export function checkNewPassword(password: string, email: string): void {
  const length = Array.from(normal(password)).length;
  if (length < minPasswordLength) throw refusal('PASSWORD_TOO_SHORT');
  if (length > maxPasswordLength) throw refusal('BAD_INPUT');
  const guess = password.toLowerCase();
  if (leakedPasswords.has(guess) || guess === email) throw refusal('PASSWORD_BREACHED');
}

/**
 * Runs password work in one of the few slots for it.
 * @throws TOO_MANY_ATTEMPTS when a flood fills the queue
 */
export async function inPasswordSlot<T>(work: () => Promise<T & {}>): Promise<T & {}> {
  const result = await slots.run(work);
  if (result === undefined)
    throw refusal('TOO_MANY_ATTEMPTS', {
      retryAfterSeconds: randomInt(fullRetrySeconds.from, fullRetrySeconds.below),
    });
  return result;
}

/** Argon2id, the library's own choice, in its PHC string. Call it within `inPasswordSlot`. */
export async function hashPassword(password: string): Promise<string> {
  return hash(normal(password), {
    memoryCost: memoryKiB,
    timeCost: passes,
    parallelism: lanes,
  });
}

/**
 * Takes the same time for every password and account. Call it within `inPasswordSlot`.
 * @param passwordHash undefined when there is no such account
 */
export async function verifyPassword(passwordHash: string | undefined, password: string): Promise<boolean> {
  return verify(passwordHash ?? hashOfNobody, normal(password));
}

/** One form for letters that keyboards compose differently, such as umlauts. */
function normal(password: string): string {
  return password.normalize('NFC');
}
