import type { german } from './messages.de.ts';

function count(number: number, one: string, many: string): string {
  return number === 1 ? `1 ${one}` : `${number.toLocaleString('en-GB')} ${many}`;
}
const appointments = (number: number) => count(number, 'appointment', 'appointments');
const days = (number: number) => count(number, 'day', 'days');

export const english: typeof german = {
  title: 'Data and deletion',
  lead: 'How long appointments stay, what was deleted, and how to take your data with you.',
  loading: 'One moment, please.',
  again: 'Once more',

  retention: {
    title: 'How long appointments are kept',
    lead: (kept) =>
      `An appointment is deleted ${days(kept)} after its day, with its note, consent and record of the consultation. What you need for longer belongs in your patients’ files.`,
    ceiling: (most) => `Your operator allows no more than ${days(most)}.`,
    change: 'Change how long',
    field: 'Keep appointments for',
    option: days,
    asking: 'Looking up what that deletes.',
    willDelete: (number, oldest, newest) =>
      oldest === newest
        ? `This deletes ${appointments(number)} of ${oldest} at once. It cannot be undone.`
        : `This deletes ${appointments(number)} from ${oldest} to ${newest} at once. It cannot be undone.`,
    willKeep: (from) => `Appointments from ${from} on stay.`,
    willNotDelete: 'Nothing is deleted now.',
    save: 'Save',
    saveAndDelete: (number) => `Save and delete ${appointments(number)}`,
    saved: (kept, deleted) =>
      deleted === 0
        ? `Appointments are now kept for ${days(kept)}.`
        : `Appointments are now kept for ${days(kept)}. ${appointments(deleted)} deleted.`,
  },

  export: {
    title: 'Export data',
    lead: 'Writes all that your practice has here into one file: appointments, contacts, texts, users, devices and numbers. It is opened in this browser only.',
    warning:
      'The file is not encrypted. It holds names, notes and open access codes. Save it only where you keep your patients’ files.',
    told: 'All users of your practice see in the security log that data was exported.',
    submit: 'Export data',
    running: 'The export is being written.',
    progress: 'Progress of the export',
    cancelled: 'The export is cancelled. No file was saved.',
    done: (ofAppointments, ofContacts) =>
      `The file is ready: ${appointments(ofAppointments)}, ${count(ofContacts, 'contact', 'contacts')}. Your browser saves it where it keeps downloads.`,
    unreadable: (number) =>
      `${count(number, 'entry', 'entries')} cannot be opened on this device. The file names them.`,
    saveAgain: 'Save once more',
    close: 'Done',
  },

  log: {
    title: 'Deletion log',
    lead: 'What was deleted, in numbers and without names. A line stays for three years beyond its calendar year.',
    show: 'Show the deletion log',
    none: 'Nothing has been deleted yet.',
    more: 'Show older ones',
    between: (oldest, newest) => (oldest === newest ? `of ${oldest}` : `from ${oldest} to ${newest}`),
    kinds: {
      appointment: appointments,
      invitation: (number) => count(number, 'invitation', 'invitations'),
      'host-code': (number) => count(number, 'code for the practice', 'codes for the practice'),
      delivery: (number) => count(number, 'note of a message', 'notes of messages'),
      'security-event': (number) => count(number, 'entry of the security log', 'entries of the security log'),
      'device-request': (number) => count(number, 'request of a device', 'requests of devices'),
      'consultation-count': (number) => count(number, 'monthly number', 'monthly numbers'),
      'case-count': (number) => count(number, 'quarterly number', 'quarterly numbers'),
      contact: (number) => count(number, 'contact', 'contacts'),
      user: (number) => count(number, 'user', 'users'),
      device: (number) => count(number, 'device', 'devices'),
      practice: (number) => count(number, 'practice', 'practices'),
      session: (number) => count(number, 'session', 'sessions'),
      'sign-in-challenge': (number) => count(number, 'sign-in challenge', 'sign-in challenges'),
      'passkey-challenge': (number) => count(number, 'passkey challenge', 'passkey challenges'),
      'used-signature': (number) => count(number, 'signature', 'signatures'),
      'host-ticket': (number) => count(number, 'ticket', 'tickets'),
    },
    rules: {
      retention: 'kept for long enough',
      over: 'its day was over',
      expired: 'expired',
      'max-days': 'kept for the longest time allowed',
      merged: 'merged into one number of the practice',
      'by-practice': 'deleted by the practice',
      operator: 'deleted by the operator',
    },
  },

  end: {
    title: 'Delete the practice',
    lead: 'Deletes your practice with all that is here of it. Export first what you must keep.',
    lost: 'What will be lost:',
    users: (number) => count(number, 'user', 'users'),
    devices: (number) => count(number, 'approved device', 'approved devices'),
    contacts: (number) => count(number, 'contact', 'contacts'),
    appointments: (number, coming) =>
      coming === 0 ? appointments(number) : `${appointments(number)}, ${coming} of them today or later`,
    consultations: (number) => count(number, 'counted consultation', 'counted consultations'),
    grace: (graceDays) =>
      `It is deleted in ${graceDays} days. Until then everyone works as before, and you can take it back. After that nobody can restore anything, not even the operator.`,
    tell: 'Whoever has a later appointment does not hear of it from us: please tell your patients.',
    typeName: (name) => `To be sure, type the name of your practice: ${name}`,
    typeNameWrong: 'That is not the name of your practice.',
    submit: 'Delete the practice in 7 days',
    factor: 'Second confirmation',
    requested: (day) => `Your practice will be deleted on ${day}.`,
    pending: (day) => `Your practice will be deleted on ${day}, with all its data`,
    pendingMain: 'Until then you can take it back.',
    pendingOthers: (main) => `Until then it can be taken back by ${main}.`,
    undo: 'Take the deletion back',
    undone: 'The deletion is taken back. Nothing was deleted.',
  },
};
