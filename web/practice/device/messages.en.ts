import type { german } from './messages.de.ts';

function minutes(count: number): string {
  return count <= 1 ? 'for about one more minute' : `for ${count} more minutes`;
}

export const english = {
  join: {
    offerTitle: 'Your practice is here already?',
    offer: 'Then sign this device in. The main user of your practice approves it.',
    start: 'Sign this device in',
    title: 'Sign this device in',
    lead: 'Sign in with your own account. You then see a code with which your practice approves this device.',
    deviceName: 'Name for this device',
    deviceNameHint: 'For example Reception or Consulting room 2.',
    deviceNameMissing: 'Please give the device a name.',
    submit: 'Go on to the code',
    submitting: 'One moment …',
    refused: 'E-mail address or password are not right.',
    codeTitle: 'Now your practice has to agree',
    codeLabel: 'Code for this device',
    todoTitle: 'What happens next',
    todo: [
      'Go to a device on which Sprechzimmer already runs. The main user has to be signed in there.',
      'A request appears there. Type this code there, or read it out.',
      'Leave this page open. It goes on by itself.',
    ],
    scan: 'Does Sprechzimmer run on your telephone? Then point its camera at this picture.',
    qr: 'The code as a picture for the camera of a telephone',
    validFor: (count) => `The code is good ${minutes(count)}.`,
    waiting: 'We are waiting for your practice.',
    cancel: 'Cancel',
    end: {
      expired: 'The code has run out, or it was mistyped too often.',
      declined: 'Your practice has not approved this device.',
      handshake:
        'The connection to your practice was not secure. We stopped, and nothing was transferred. If it ends like this again, call the person who looks after Sprechzimmer at your practice.',
      'keys-swapped': 'The connection to your practice was not secure. We stopped.',
    },
    anew: 'Get a new code',
    approvedTitle: 'This device is approved',
    elsewhere: 'You are still signed in at another device. If you go on here, you are signed out there.',
    roomOpen: 'A consulting room is open there. A consultation may be going on: then wait until it is over.',
    goOn: 'Go on here',
    later: 'Sign in later',
  },

  requests: {
    title: 'A new device is waiting',
    text: (who, browser, since) =>
      `${who} wants to sign a device in (${browser}, since ${since}). Its screen shows a code.`,
    enter: 'Enter code',
  },

  approve: {
    title: 'Approve a new device',
    who: 'Who',
    browser: 'Browser',
    since: 'Asked',
    what: 'What you approve: this device can then open all appointments of your practice as soon as somebody signs in there. Enter the code only if you know the device and have seen the code yourself, or hear it from somebody whose voice you know.',
    choose: 'Which device?',
    code: 'Code of the new device',
    codeHint: '12 characters; capital or small letters make no difference.',
    codeProblem: 'The code is not copied correctly. Please compare it with the screen of the new device.',
    password: 'To be safe: your password',
    passwordMissing: 'Please enter your password.',
    passwordWrong: 'The password is not right.',
    submit: 'Approve device',
    submitting: 'The device is being approved …',
    decline: 'Refuse the request',
    none: 'No device is asking now. The request appears here by itself as soon as the new device shows a code.',
    wrong: (left) =>
      left === 1
        ? 'This code is not on the device. You have one more attempt.'
        : `This code is not on the device. You have ${left} more attempts.`,
    over: 'This request is over: it had run out, or the code was wrong three times. Please get a new code on the new device.',
    declined: 'The new device has given up. Please begin there once more.',
    done: (name) => `The device “${name}” is approved.`,
    alarmTitle: 'Not approved: somebody is interfering',
    alarm:
      'The device whose code you entered is not the device that the server showed you. We stopped. No key has left this device.',
    alarmNext:
      'Enter no other code. Call the person who looks after Sprechzimmer at your practice and read to them what it says here.',
    mainOnly: 'Only the main user approves devices. Please sign in with that account.',
  },

  devices: {
    title: 'Devices',
    lead: 'On these devices the appointments of your practice can be opened, and nowhere else.',
    mainOnly: 'The main user can change this.',
    thisDevice: 'this device',
    nameless: 'Without a name',
    seen: (when) => `Last used: ${when}`,
    neverSeen: 'Never used yet',
    approved: (by, when) => `Approved: ${when}, by ${by}`,
    formerUser: 'somebody who is no longer here',
    suspended: 'Paused',
    suspendedUntil: (when) => `Paused until ${when}`,
    suspensionOver:
      'The pause is over: people can sign in here again. To manage devices and users from here as well, resume it.',
    add: 'Take in a new device',
    addText:
      'Open the same address on the new device and choose “Sign this device in”. The request then appears here.',
    rename: 'Rename',
    renameOf: (name) => `Rename device “${name}”`,
    name: 'Name of the device',
    save: 'Save',
    renamed: (name) => `The device is now called “${name}”.`,
    suspend: 'Pause',
    suspendOf: (name) => `Pause device “${name}”`,
    suspendText:
      'Until you approve it again, nobody can sign in there, for example during holidays. Whoever is signed in there is signed out.',
    until: 'Up to and including',
    untilHint: 'Leave empty if you will approve it again yourself.',
    untilPast: 'This day is over.',
    suspendedDone: (name) => `The device “${name}” is paused.`,
    resume: 'Approve again',
    resumeOf: (name) => `Approve device “${name}” again`,
    resumeText: 'One can then sign in at this device again.',
    resumedDone: (name) => `The device “${name}” is approved again.`,
    remove: 'Remove',
    removeOf: (name) => `Remove device “${name}”`,
    removeText:
      'The device then no longer belongs to the practice. Everything is locked with a new key that it does not have. What was open there before, it may have seen.',
    removeType: 'To be safe, type the name of the device',
    removeTypeWrong: (name) => `The device is called “${name}”.`,
    removedDone: (name) => `The device “${name}” no longer belongs to the practice.`,
    cancel: 'Cancel',
  },

  renewal: {
    dueTitle: 'The key of your practice is still the old one',
    due: 'A device or a person was removed, and renewing the key was interrupted. It goes on with your password.',
    dueOther: 'A device or a person was removed. The key is renewed as soon as the main user signs in.',
    renew: 'Renew key',
    runningTitle: 'Your data gets the new key',
    running: (done, all) =>
      `${done} of ${all} are done. You can go on working. If you close the page, it goes on at the next sign-in.`,
    stalled: 'It is not going on just now. We try again in a moment.',
    unreadable: (count) =>
      count === 1
        ? 'One entry cannot be opened on this device. It stays as it is.'
        : `${count} entries cannot be opened on this device. They stay as they are.`,
    doneTitle: 'Everything has the new key',
    done: 'Whoever was removed can open nothing that is written from now on. But codes that could be seen there are still good.',
    renewCodes: 'New codes for coming appointments',
    keepCodes: 'Keep codes',
    codesTitle: 'Issue new codes?',
    codesRunning: (done, all) => `New codes: ${done} of ${all}.`,
    codesTell: 'These people need their new code. The old ones are no longer good.',
    codesNone: 'There are no coming appointments with a code.',
    codesFailed: (name) => `The old code is still good for ${name}. Please change the appointment by hand.`,
    close: 'Done',
  },

  recoveredNotice: {
    title: 'Your practice was recovered',
    text: (when) =>
      `On ${when} your practice was opened with the recovery sheet. All earlier devices are out since then and have to be signed in anew. If you did not know, speak to your main user at once.`,
    understood: 'Understood',
  },

  recover: {
    offer: 'All devices lost?',
    offerHint: 'Your recovery sheet brings you back to your data.',
    title: 'All devices lost?',
    lead: 'With the recovery sheet and the password of the main user, this browser becomes the only device of your practice.',
    noSheet:
      'Without a device and without the sheet the data cannot be saved, not even by the operator. The operator can only let your practice begin anew, empty.',
    code: 'Code of the recovery sheet',
    codeHint: '24 characters in six groups.',
    codeProblem: 'The code is not copied correctly. Please compare it with your sheet.',
    refused: 'Sheet, e-mail address and password do not belong together.',
    submit: 'Next',
    submitting: 'The sheet is being checked …',
    consequencesTitle: (practice) => `Recover ${practice}`,
    consequences: [
      'All devices so far no longer belong to the practice. Whoever is signed in there is signed out.',
      'Everyone in the practice is told, at the next sign-in and by e-mail.',
      'Your sheet is then no longer good. You print a new one in a moment.',
      'Appointments and codes stay as they are.',
    ],
    deviceName: 'Name for this device',
    toSheet: 'Go on to the new sheet',
    completing: 'Your practice is being recovered …',
    failed: 'Not recovered yet',
    confirm: 'Recover practice',
  },
} satisfies typeof german;
