import type { Registration, SessionView } from '@sprechzimmer/protocol/practice.ts';
import type { StoredDevice } from '../device/key-store.ts';
import {
  makePracticeKeys,
  type PracticeKeys,
  type RegistrationForm,
  sealRegistration,
  signRegistration,
} from '../practice/registration.ts';
import { openSession, type PracticeSession } from '../practice/session.ts';

export const practiceForm: RegistrationForm = {
  practiceName: 'Praxis Dr. Muster',
  telephone: '030 1234567',
  userName: 'Dr. Erika Muster',
  email: 'erika@example.org',
  password: 'eine lange Nacht',
  deviceName: 'Sprechzimmer 1',
};

export type OpenPractice = {
  keys: PracticeKeys;
  registration: Registration;
  device: StoredDevice;
  view: SessionView;
  session: PracticeSession;
};

/** A practice as after registration and sign-in, without a server: the view is what a server would answer. */
export async function openPractice(): Promise<OpenPractice> {
  const keys = await makePracticeKeys();
  const place = { origin: 'http://localhost:7300', timeZone: 'Europe/Berlin', browser: 'Chromium' };
  const sealed = await sealRegistration(keys, practiceForm, place);
  const registration = await signRegistration(keys, sealed, 'AAAAAAAAAAAAAAAAAAAAAA');
  const device = storedDevice(keys);
  const view = sessionView(registration);
  return { keys, registration, device, view, session: await openSession(view, device) };
}

function storedDevice(keys: PracticeKeys): StoredDevice {
  return {
    practiceId: keys.practiceId,
    deviceId: keys.deviceId,
    keys: keys.device,
    deviceName: practiceForm.deviceName,
    practiceName: practiceForm.practiceName,
    email: practiceForm.email,
    registered: true,
  };
}

function sessionView(registration: Registration): SessionView {
  const { practiceId: id, userId, email, timeZone, device } = registration;
  const self = { id: userId, email, isMain: true, role: 'practitioner' as const };
  return {
    practice: {
      id,
      timeZone,
      plan: {
        id: 'plus',
        maxUsers: null,
        maxParticipants: null,
        maxConsultationsPerMonth: null,
        serverMail: true,
        sms: true,
      },
      mailTime: '07:00',
      channels: ['mail', 'sms'],
      codeHours: { from: '00:00', until: '24:00' },
      requestedPlan: null,
      secondFactorRequired: false,
      hasRelay: false,
      deletionDueAt: null,
    },
    user: self,
    deviceId: device.id,
    wraps: registration.wraps.filter(({ to }) => to === device.id),
    log: [registration.entry],
    users: [{ ...self, state: 'active', hasSecondFactor: false }],
    devices: [{ id: device.id, lastSeenAt: null, suspendedUntil: null }],
    profiles: registration.profiles,
    staleRecords: 0,
    recoveredAt: null,
    roomOrigin: 'http://localhost:7301',
  };
}
