import { englishSafety } from './user/messages-safety.en.ts';
import { englishUsers } from './user/messages.en.ts';
import type { german } from './messages.de.ts';

function waitInWords(seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  return minutes <= 1 ? 'about a minute' : `about ${minutes} minutes`;
}

export const english = {
  documentTitle: 'Sprechzimmer',
  again: 'Try again',
  back: 'Back',
  cancel: 'Cancel',
  next: 'Continue',
  optional: '(optional)',

  ...englishUsers,
  ...englishSafety,

  failure: {
    OFFLINE: 'No connection. What you entered is still here. Check the internet and try again.',
    BAD_INPUT: 'The server did not accept these details. Please check them once more.',
    PASSWORD_TOO_SHORT: 'The password is too short. Please use at least 10 characters.',
    PASSWORD_BREACHED:
      'This password is on a list of leaked passwords. Please choose another one, for instance four random words.',
    EMAIL_TAKEN: 'There already is an account with this e-mail address. Please use another one.',
    ALREADY_REGISTERED: 'This exists already. Please reload the page.',
    SIGN_IN_REFUSED: 'E-mail address or password are not right, or this device does not belong to them.',
    NOT_SIGNED_IN: 'You are signed out. Please sign in again.',
    REQUEST_EXPIRED: 'The clock of this device is wrong. Set date and time to automatic and try again.',
    TOO_MANY_ATTEMPTS: 'Too many attempts. Please wait, then try again.',
    NOT_FOUND: 'This no longer exists.',
    FORBIDDEN: 'Only the person with the main responsibility for your practice may do that.',
    PLAN_LIMIT: 'Your practice’s plan does not allow that.',
    LOCKED: 'The screen is locked.',
    SECOND_FACTOR_NEEDED: 'Signing in needs a second confirmation.',
    SESSION_ELSEWHERE: 'You are still signed in at another device.',
    DEVICE_SUSPENDED: 'This device is suspended for now.',
    CODE_WRONG: 'The code is not right. Please check it once more.',
    EXPIRED: 'This is no longer valid. Please begin again.',
    VERSION_CONFLICT: 'Someone has changed this meanwhile.',
    INTERNAL: 'The server could not do this. What you entered is still here. Try again in a moment.',
  },
  tooManyAttempts: (seconds) => `Too many attempts. Please wait ${waitInWords(seconds)}, then try again.`,

  start: {
    loading: 'One moment. Your consulting room is being opened.',
    unreachableTitle: 'No connection',
    unreachable: 'The server does not answer. Check the internet and try again.',
    storageTitle: 'This browser may not keep anything',
    storage:
      'The key of your practice is kept in this browser. That is not possible right now: perhaps this is a private window, or website data is blocked.',
    storageRemedy:
      'Open this page in an ordinary window, and allow websites to store data in the browser’s settings.',
    mismatchTitle: 'The key does not fit',
    mismatch:
      'The data of your practice cannot be opened on this device. Nothing was changed. Please ask the person who looks after Sprechzimmer for you.',
  },

  alarm: {
    title: 'Stop: something is wrong here',
    what: {
      malformed: 'The register of your devices and users is damaged.',
      forked: 'The register of your devices and users was exchanged: it is not the one of before.',
      unsigned: 'The register of your devices and users has an entry that nobody in your practice signed.',
      'not-allowed':
        'The register of your devices and users has an entry that its author was not allowed to make.',
      shorter: 'The register of your devices and users lacks something that this device has already seen.',
      'unknown-member': 'The server names a device or a person whom nobody in your practice has added.',
    },
    nothingLeft: 'So this device has stopped. It has given out no key and no data.',
    enterNothing: 'Do not enter anything here, not even your password.',
    call: 'Call the person who looks after Sprechzimmer at your practice and read to them what it says here. Until then, reach your patients by telephone.',
    sign: (code: string) => `For support: ${code}`,
  },

  welcome: {
    title: 'Welcome to your consulting room',
    lead: 'Talk to your patients by video: you make the appointment, and the conversation goes encrypted from device to device.',
    register: 'Register a practice',
    registerHint: 'Takes about three minutes. Have a printer, or pen and paper, at hand.',
    lostTitle: 'The keys of this device are gone',
    lost: 'Your practice was set up in this browser. The data of this website has been deleted since, and the key with it. Open Sprechzimmer on another approved device. Keep your recovery sheet safe.',
  },

  register: {
    title: 'Register a practice',
    step: (step, of) => `Step ${step} of ${of}`,
    before: 'Before you begin',
    beforeText:
      'Everything about your appointments is encrypted in this browser. Whoever runs the server cannot read it, and cannot rescue it either: without an approved device and without the recovery sheet that you are about to print, the data is lost.',
    practiceHeading: 'Your practice',
    practiceName: 'Name of the practice',
    practiceNameHint: 'As it appears in every invitation.',
    telephone: 'Telephone of the practice',
    telephoneHint: 'Patients see the number in the waiting room, in case something does not work.',
    userHeading: 'Your account',
    userName: 'Your name',
    userNameHint: 'For instance Dr Erika Muster. Patients are told to expect you by it.',
    email: 'E-mail address',
    emailHint: 'You sign in with it.',
    password: 'Password',
    passwordHint: 'At least 10 characters. Four random words are good and easy to remember.',
    showPassword: 'Show password',
    deviceHeading: 'This device',
    deviceName: 'Name for this device',
    deviceNameHint: 'For instance Reception or Room 2.',
    deviceNameSuggestion: 'Room 1',
    deviceText:
      'This browser becomes the first approved device of your practice. The key stays here: do not delete the data of this website, and do not use a private window.',
    bookmarkTip: 'Bookmark this page. You will find it again, and the browser takes better care of the key.',
    toSheet: 'Continue to the recovery sheet',
    problem: {
      'practice-name-missing': 'Please enter the name of your practice.',
      'telephone-missing': 'Please enter the telephone number of the practice.',
      'user-name-missing': 'Please enter your name.',
      'email-wrong': 'This is not a complete e-mail address. It looks like this: name@practice.org',
      'password-too-short': 'The password is too short. Please use at least 10 characters.',
      'password-too-long': 'The password is too long. Please use at most 128 characters.',
      'device-name-missing': 'Please give the device a name.',
      'too-long': 'This is too long. Please shorten it.',
    },
    sending: 'Your practice is being registered …',
    sendingText: 'The key is ready. In a moment you can make the first appointment.',
    failed: 'The practice is not registered yet',
    alreadyRegistered: 'This practice is registered already. Please sign in.',
    toSignIn: 'Go to sign-in',
  },

  sheet: {
    title: 'Your recovery sheet',
    lead: 'This code opens the data of your practice when no device is left. It is shown this one time only.',
    todo: 'Print the sheet or copy the code by hand, and lock it away. Nobody else can give it to you again.',
    code: 'Recovery code',
    group: (number) => `Group ${number}`,
    print: 'Print',
    kept: 'I have the code on paper',
    paperTitle: 'Recovery sheet',
    paperPractice: 'Practice',
    paperDate: 'Issued on',
    paperAddress: 'Address',
    paperPurpose:
      'With this code the encrypted data of the practice can be opened again when all approved devices are lost. Without a device and without this code the data cannot be rescued, not even by whoever runs the server.',
    paperKeep:
      'Keep this sheet locked away, apart from the devices, for instance in a safe. Give the code to nobody on the telephone and in no e-mail.',
    retypeTitle: 'Do you have the code?',
    retypeLead: (first, second) =>
      `The code is covered now. Please enter groups ${first} and ${second} from your sheet.`,
    retypeWrong: (group) => `Group ${group} is not right. Please look at your sheet once more.`,
    showAgain: 'Show the sheet once more',
    confirm: 'Register the practice',
  },

  header: {
    menu: 'Menu',
    signOut: 'Sign out',
    device: 'Device',
  },

  today: {
    title: 'Appointments',
    today: 'Today',
    tomorrow: 'Tomorrow',
    newAppointment: 'New appointment',
    next: 'Next',
    nextNow: 'Now',
    noneNext: 'No more appointments today.',
    noneToday: 'No appointments today.',
    emptyTitle: 'No appointments yet',
    empty:
      'Make the first appointment. It comes with a code that lets the patient into the waiting room. On the day of the appointment you open your consulting room and ask them in.',
    firstAppointment: 'Make the first appointment',
    minutes: (minutes) => `${minutes} min`,
    over: 'over',
    with: (name) => `with ${name}`,
    invite: 'Invitation',
    change: 'Change',
    inviteOf: (name) => `Invitation for ${name}`,
    changeOf: (name) => `Change the appointment with ${name}`,
    unreadableTitle: 'Cannot be read',
    unreadable:
      'This appointment cannot be opened on this device: it was sealed with a key that the device does not have, or it is damaged. The other appointments are not affected.',
    loading: 'Fetching the appointments.',
    stale: (time) => `No connection. You see the state of ${time}.`,
    neverLoaded: 'No connection. The appointments could not be fetched.',
    saved: (name) => `The appointment with ${name} is saved.`,
    cancelled: (name) => `The appointment with ${name} is cancelled. The code is no longer valid.`,
  },

  form: {
    titleNew: 'New appointment',
    titleChange: 'Change appointment',
    save: 'Save appointment',
    book: 'Make appointment',
    saving: 'Saving …',
    newCode:
      'You are moving the appointment to another day. It gets a new code; the old one is no longer valid. Please invite again afterwards.',
    conflictTitle: 'Someone has changed this appointment meanwhile',
    conflict: 'What you entered is still here. You can save it all the same, or look at the new state.',
    conflictKeep: 'Save what I entered',
    conflictLoad: 'Load the new state',
    goneTitle: 'This appointment has been cancelled meanwhile',
    gone: 'What you entered is still here. You can make a new appointment of it.',
    goneBook: 'Make a new appointment',
    cancelAppointment: 'Cancel appointment',
    cancelTitle: (name, when) => `Cancel the appointment with ${name} on ${when}?`,
    cancelText:
      'The code is then no longer valid. The patient is not told automatically: please let them know.',
    cancelConfirm: 'Cancel appointment',
    cancelKeep: 'Keep appointment',
    cancelling: 'Cancelling …',
    leaveTitle: 'Discard what you entered?',
    leaveText: 'You have entered something that is not saved yet.',
    leaveConfirm: 'Discard',
    leaveStay: 'Keep editing',
  },
} satisfies typeof german;
