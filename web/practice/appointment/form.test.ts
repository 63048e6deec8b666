import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InvitationId } from '@sprechzimmer/protocol/ids.ts';
import {
  type AppointmentForm,
  emptyForm,
  type FormRules,
  type ParticipantForm,
  readForm,
  sameForm,
  timeAfterSkip,
} from './form.ts';

const now = new Date('2026-11-26T23:30:00Z'); // 00:30 on the 27th in Berlin
const rules: FormRules = {
  timeZone: 'Europe/Berlin',
  now,
  codeHours: { from: '00:00', until: '24:00' },
  maxParticipants: 9,
  mailOnDay: 'no',
};
const person: ParticipantForm = {
  key: 'one',
  name: ' Frau  Muster\n',
  email: ' muster@example.org ',
  telephone: '',
  role: 'patient',
  language: 'de',
  keepAsContact: false,
};
const form: AppointmentForm = {
  day: '2026-11-27',
  time: '10:30',
  durationMinutes: '20',
  note: ' Befund\nbesprechen ',
  participants: [person],
};

function problemsOf(change: Partial<AppointmentForm>, other: Partial<FormRules> = {}) {
  const reading = readForm({ ...form, ...change }, { ...rules, ...other });
  return reading.kind === 'problems' ? reading.problems : {};
}

function personProblems(change: Partial<ParticipantForm>) {
  return problemsOf({ participants: [{ ...person, ...change }] }).participants?.[person.key] ?? {};
}

function wishOf(change: Partial<AppointmentForm>, other: Partial<FormRules> = {}) {
  const reading = readForm({ ...form, ...change }, { ...rules, ...other });
  assert.equal(reading.kind, 'wish');
  return reading.wish;
}

test('a form that is right is read with its spaces tidied', () => {
  assert.deepEqual(wishOf({}), {
    day: '2026-11-27',
    time: '10:30',
    durationMinutes: 20,
    note: 'Befund\nbesprechen',
    participants: [
      {
        name: 'Frau Muster',
        email: 'muster@example.org',
        telephone: '',
        role: 'patient',
        language: 'de',
        mailOnDay: 'no',
      },
    ],
  });
});

test('who is there already keeps their invitation; what is only of the form is left behind', () => {
  const invitationId = 'a70fde4c-6a3c-4d4f-8f2a-0d6a4d3a2b11' as InvitationId;
  const participants = [{ ...person, invitationId, keepAsContact: true }];
  const [wish] = wishOf({ participants }).participants;
  assert.equal(wish?.invitationId, invitationId);
  assert.deepEqual(Object.keys(wish ?? {}).toSorted(), [
    'email',
    'invitationId',
    'language',
    'mailOnDay',
    'name',
    'role',
    'telephone',
  ]);
});

test('without an address nothing is mailed; with one it goes as the practice or the person chose', () => {
  const mailed = (change: Partial<ParticipantForm>) =>
    wishOf({ participants: [{ ...person, ...change }] }, { mailOnDay: 'link' }).participants[0]?.mailOnDay;
  assert.equal(mailed({}), 'link');
  assert.equal(mailed({ email: ' ' }), 'no');
  assert.equal(mailed({ email: '', mailOnDay: 'link' }), 'no');
  assert.equal(mailed({ mailOnDay: 'without-code' }), 'without-code');
});

test('a day that is past where the practice is is refused, though it is still today elsewhere', () => {
  assert.deepEqual(problemsOf({ day: '2026-11-26' }), { day: 'day-past' });
  assert.deepEqual(problemsOf({ day: '2026-11-26' }, { timeZone: 'America/New_York' }), {});
});

test('an appointment of a past day may be changed, and stays on its day', () => {
  assert.deepEqual(problemsOf({ day: '2026-11-20' }, { keptDay: '2026-11-20' }), {});
  assert.deepEqual(problemsOf({ day: '2026-11-21' }, { keptDay: '2026-11-20' }), { day: 'day-past' });
});

test('every field that is not right is named at once, each person’s for themselves', () => {
  const participants = [
    { ...person, name: ' ' },
    { ...person, key: 'two', email: 'two', telephone: 'call me' },
    { ...person, key: 'three' },
  ];
  assert.deepEqual(problemsOf({ day: '', time: '', durationMinutes: '', participants }), {
    day: 'day-missing',
    time: 'time-missing',
    durationMinutes: 'duration-wrong',
    participants: {
      one: { name: 'name-missing' },
      two: { email: 'email-wrong', telephone: 'telephone-wrong' },
    },
  });
});

test('days that do not exist or lie too far ahead are refused', () => {
  assert.deepEqual(problemsOf({ day: '2026-11-31' }), { day: 'day-missing' });
  assert.deepEqual(problemsOf({ day: '2029-01-01' }), { day: 'day-too-far' });
});

test('the hour that the clock is put forward over does not exist; the one after it does', () => {
  for (const time of ['02:00', '02:30', '02:59']) {
    assert.deepEqual(problemsOf({ day: '2027-03-28', time }), { time: 'time-skipped' }, time);
  }
  for (const time of ['01:59', '03:00', '03:30']) {
    assert.deepEqual(problemsOf({ day: '2027-03-28', time }), {}, time);
  }
  assert.deepEqual(problemsOf({ day: '2027-10-31', time: '02:30' }), {});
  assert.equal(timeAfterSkip('2027-03-28', '02:30', 'Europe/Berlin'), '03:30');
});

test('an appointment may end at midnight, not after', () => {
  assert.deepEqual(problemsOf({ time: '23:40', durationMinutes: '20' }), {});
  assert.deepEqual(problemsOf({ time: '23:45', durationMinutes: '20' }), {
    durationMinutes: 'past-midnight',
  });
  for (const durationMinutes of ['-20', '0', '4', '481', '20.5', 'x']) {
    assert.deepEqual(problemsOf({ durationMinutes }), { durationMinutes: 'duration-wrong' });
  }
});

test('an appointment lies wholly in the hours at which codes open', () => {
  const codeHours = { from: '07:00', until: '20:00' };
  for (const time of ['06:59', '19:41', '20:00', '23:00']) {
    assert.deepEqual(problemsOf({ time }, { codeHours }), { time: 'outside-hours' }, time);
  }
  for (const time of ['07:00', '19:40']) assert.deepEqual(problemsOf({ time }, { codeHours }), {}, time);
});

test('more people than the plan has are refused', () => {
  const participants = [person, { ...person, key: 'two' }];
  assert.deepEqual(problemsOf({ participants }, { maxParticipants: 1 }), { people: 'too-many-people' });
  assert.deepEqual(problemsOf({ participants }, { maxParticipants: 2 }), {});
});

test('addresses that are none are refused', () => {
  for (const email of [
    'muster',
    '@example.org',
    'muster@',
    'muster@example',
    'a@b@example.org',
    'a b@example.org',
    'muster@example.org,zwei@example.org',
    'muster@example.org;zwei@example.org',
    'Muster <muster@example.org>',
    'muster@example.org\r\nBcc: zwei@example.org',
    'muster\u0000@example.org',
    '.muster@example.org',
    'muster.@example.org',
    'mu..ster@example.org',
    'muster@-example.org',
    'muster@example..org',
    `${'a'.repeat(65)}@example.org`,
    `a@${'a.'.repeat(130)}org`,
  ]) {
    assert.deepEqual(personProblems({ email }), { email: 'email-wrong' }, JSON.stringify(email));
  }
  for (const email of [
    "o'neil+praxis@example.org",
    'info@praxis-müller.de',
    'a@b.co',
    'x_1@sub.example.org',
  ]) {
    assert.deepEqual(personProblems({ email }), {}, email);
  }
});

test('telephone numbers are numbers', () => {
  for (const telephone of ['+49 (171) 234-56 78', '030/1234567', '112']) {
    assert.deepEqual(personProblems({ telephone }), {}, telephone);
  }
  for (const telephone of ['12', 'abends', '0171 oder 0172', '1'.repeat(41), '+49+171234']) {
    assert.deepEqual(personProblems({ telephone }), { telephone: 'telephone-wrong' }, telephone);
  }
});

test('control characters and those that turn the direction do not get into a name; scripts and emoji do', () => {
  const nameOf = (name: string) => wishOf({ participants: [{ ...person, name }] }).participants[0]?.name;
  assert.equal(nameOf('Frau\r\nBcc: x@example.org\u0000\u0007'), 'Frau Bcc: x@example.org');
  assert.equal(nameOf('\u202Egnp.exe\u2066 Muster'), 'gnp.exe Muster');
  assert.equal(wishOf({ note: 'a\u0000\r\n\tb \u202Ec' }).note, 'a\n\tb c');
  assert.equal(nameOf('علي بن محمد'), 'علي بن محمد');
  assert.equal(nameOf('Frau Muster 👩‍⚕️'), 'Frau Muster 👩‍⚕️');
});

test('texts that the record does not hold are refused', () => {
  assert.deepEqual(personProblems({ name: 'a'.repeat(201) }), { name: 'name-too-long' });
  assert.deepEqual(problemsOf({ note: 'c'.repeat(10_000) }), {});
  assert.deepEqual(problemsOf({ note: 'c'.repeat(10_001) }), { note: 'note-too-long' });
  assert.deepEqual(problemsOf({ note: '🙂'.repeat(5_000) }), {});
  assert.deepEqual(problemsOf({ note: '🙂'.repeat(5_001) }), { note: 'note-too-long' });
});

test('a form is the same until something is typed or somebody comes or goes', () => {
  const opened = emptyForm('2026-11-27');
  assert.ok(sameForm(opened, { ...opened, participants: [...opened.participants] }));
  const [first] = opened.participants;
  assert.ok(first);
  assert.ok(!sameForm(opened, { ...opened, participants: [{ ...first, name: 'A' }] }));
  assert.ok(!sameForm(opened, { ...opened, participants: [first, person] }));
  assert.ok(!sameForm(opened, { ...opened, note: 'a' }));
});
