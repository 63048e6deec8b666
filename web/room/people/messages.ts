import { catalogue } from '@sprechzimmer/design/i18n.ts';
import type { ParticipantRole } from '@sprechzimmer/protocol/participant-role.ts';

/** What is said of several people in one consultation. */
const german = {
  title: 'Wer ist dabei',
  roles: {
    patient: 'Patientin oder Patient',
    relative: 'Angehörige Person',
    interpreter: 'Dolmetschen',
    carer: 'Pflege oder Betreuung',
    colleague: 'Kollegin oder Kollege',
    practice: 'Praxis',
  } satisfies Record<ParticipantRole | 'practice', string>,
  connecting: 'wird verbunden',
  interrupted: 'Verbindung unterbrochen',
  muted: 'Mikrofon aus',
  came: (name: string) => `${name} ist jetzt dabei.`,
  left: (name: string) => `${name} ist nicht mehr dabei.`,
  enlarge: (name: string) => `${name} groß zeigen`,
  enlarged: 'Wird groß gezeigt',
  waits: (name: string, role: string) => `${name} wartet (${role})`,
  letIn: 'Dazubitten',
  seeOut: 'Hinausbitten',
  seeOutName: (name: string) => `${name} hinausbitten`,
  words: 'Drei Wörter',
  vouched: 'Auch untereinander sind alle verschlüsselt verbunden. Die Praxis bürgt dafür, wer wer ist.',
};

const english = {
  title: 'Who is here',
  roles: {
    patient: 'Patient',
    relative: 'Relative',
    interpreter: 'Interpreter',
    carer: 'Carer',
    colleague: 'Colleague',
    practice: 'Practice',
  },
  connecting: 'being connected',
  interrupted: 'connection interrupted',
  muted: 'microphone off',
  came: (name) => `${name} has joined.`,
  left: (name) => `${name} has left.`,
  enlarge: (name) => `Show ${name} large`,
  enlarged: 'Shown large',
  waits: (name, role) => `${name} is waiting (${role})`,
  letIn: 'Let in',
  seeOut: 'See out',
  seeOutName: (name) => `See ${name} out`,
  words: 'Three words',
  vouched:
    'Everybody is connected to each other by an encrypted connection, too. The practice vouches for who is who.',
} satisfies typeof german;

export const messages = catalogue(german, english);
