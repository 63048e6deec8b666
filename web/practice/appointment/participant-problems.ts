import { isEmailAddress } from './email-address.ts';

export type ParticipantProblem = 'name-missing' | 'name-too-long' | 'email-wrong' | 'telephone-wrong';

export type ParticipantProblems = Partial<Record<'name' | 'email' | 'telephone', ParticipantProblem>>;

const maxNameLength = 200;
const maxTelephoneLength = 40;
const minTelephoneDigits = 3;

/** What is not right with one person's fields; undefined: nothing. */
export function participantProblems(person?: {
  name: string;
  email: string;
  telephone: string;
}): ParticipantProblems | undefined {
  if (!person) return undefined;
  const problems: ParticipantProblems = {};
  if (person.name === '') problems.name = 'name-missing';
  if (person.name.length > maxNameLength) problems.name = 'name-too-long';
  if (person.email !== '' && !isEmailAddress(person.email)) problems.email = 'email-wrong';
  if (person.telephone !== '' && !isTelephone(person.telephone)) problems.telephone = 'telephone-wrong';
  return Object.keys(problems).length > 0 ? problems : undefined;
}

/**
 * One line without control characters, and without those that turn the direction of what follows: a name must not change
 * how the rest of a page or a mail reads.
 */
export function oneLine(text: string): string {
  return text.replaceAll(/[\s\p{Cc}\u202A-\u202E\u2066-\u2069]+/gu, ' ').trim();
}

/** The same for a text whose lines and tabs are its own. */
export function manyLines(text: string): string {
  return text.replaceAll(/(?![\n\t])[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu, '').trim();
}

function isTelephone(text: string): boolean {
  const digits = text.replaceAll(/\D/g, '').length;
  return text.length <= maxTelephoneLength && /^\+?[\d\s()/.-]+$/.test(text) && digits >= minTelephoneDigits;
}
