import type { InvitationLanguage } from '@sprechzimmer/protocol/invitation.ts';
import type { TemplateKind } from '@sprechzimmer/protocol/invitation-settings.ts';

/** What a template can stand in for, as it is written in German; both languages read both spellings. */
export const placeholders = [
  'name',
  'praxis',
  'behandler',
  'datum',
  'uhrzeit',
  'dauer',
  'link',
  'code',
  'telefon',
  'adresse',
] as const;
export type Placeholder = (typeof placeholders)[number];

const englishNames: Record<Placeholder, string> = {
  name: 'name',
  praxis: 'practice',
  behandler: 'practitioner',
  datum: 'date',
  uhrzeit: 'time',
  dauer: 'duration',
  link: 'link',
  code: 'code',
  telefon: 'telephone',
  adresse: 'address',
};

/** As the placeholder is written in a template of this language: `{datum}`, `{date}`. */
export function writtenPlaceholder(placeholder: Placeholder, language: InvitationLanguage): string {
  return `{${language === 'en' ? englishNames[placeholder] : placeholder}}`;
}

const pattern = /\{([^{}\r\n]*)\}/g;

function readPlaceholder(written: string): Placeholder | undefined {
  const word = written.trim().toLowerCase();
  return placeholders.find((each) => each === word || englishNames[each] === word);
}

/** Kinds that the server may send: it would learn what stands in them. */
export function mayGoThroughServer(kind: TemplateKind): boolean {
  return kind !== 'mail' && kind !== 'letter';
}

const toServer: readonly Placeholder[] = ['name', 'behandler'];
const needed: Record<TemplateKind, readonly Placeholder[]> = {
  mail: ['link', 'code'],
  'server-mail': ['link', 'code'],
  'server-mail-without-code': ['link', 'adresse'],
  sms: ['link', 'code'],
  letter: ['link', 'code'],
  moved: [],
  cancelled: [],
};

function isForbidden(kind: TemplateKind, placeholder: Placeholder): boolean {
  if (mayGoThroughServer(kind) && toServer.includes(placeholder)) return true;
  const withoutCode = kind === 'server-mail-without-code' || kind === 'cancelled';
  return (withoutCode && placeholder === 'code') || (kind === 'cancelled' && placeholder === 'link');
}

/** Those that may stand in a template of this kind. */
export function allowedPlaceholders(kind: TemplateKind): Placeholder[] {
  return placeholders.filter((placeholder) => !isForbidden(kind, placeholder));
}

export type TemplateProblem =
  | { kind: 'unknown' | 'forbidden'; part: 'subject' | 'text'; written: string; line: number }
  | { kind: 'subject-missing' | 'text-missing' | 'way-in-missing' | 'too-long' };

export type TemplateText = { subject: string; text: string };

/** An SMS has none. */
export function hasSubject(kind: TemplateKind): boolean {
  return kind !== 'sms';
}

const longestText = 3_000;
const longestSubject = 200;
/** What the server takes of a text whose placeholders are filled in, each with this at most. */
const longestFilled = 4_000;
const longestValue = 100;
/** An SMS of more parts is not delivered by every network. */
const longestSms = 480;

/** What is wrong with a template, each with its place. */
export function templateProblems(kind: TemplateKind, template: TemplateText): TemplateProblem[] {
  const problems: TemplateProblem[] = [];
  for (const part of ['subject', 'text'] as const) {
    for (const match of template[part].matchAll(pattern)) {
      const placeholder = readPlaceholder(match[1] ?? '');
      if (placeholder && !isForbidden(kind, placeholder)) continue;
      const line = template[part].slice(0, match.index).split('\n').length;
      problems.push({ kind: placeholder ? 'forbidden' : 'unknown', part, written: match[0], line });
    }
  }
  if (hasSubject(kind) && template.subject.trim() === '') problems.push({ kind: 'subject-missing' });
  if (template.text.trim() === '') problems.push({ kind: 'text-missing' });
  else if (!leadsIn(kind, template)) problems.push({ kind: 'way-in-missing' });
  const limit = kind === 'sms' ? longestSms : longestText;
  const filled = template.text.length + [...template.text.matchAll(pattern)].length * longestValue;
  const isTooLong = template.text.length > limit || filled > longestFilled;
  if (isTooLong || template.subject.length > longestSubject) {
    problems.push({ kind: 'too-long' });
  }
  return problems;
}

function leadsIn(kind: TemplateKind, { text }: TemplateText): boolean {
  if (needed[kind].length === 0) return true;
  return [...text.matchAll(pattern)].some((match) => {
    const placeholder = readPlaceholder(match[1] ?? '');
    return placeholder !== undefined && needed[kind].includes(placeholder);
  });
}

/** Puts the values in. What is no placeholder stays as it is written. */
export function fillIn(template: string, values: Record<Placeholder, string>): string {
  return template.replaceAll(pattern, (written, word: string) => {
    const placeholder = readPlaceholder(word);
    return placeholder ? values[placeholder] : written;
  });
}
