import type { germanUsers } from './messages.de.ts';

export const englishUsers: typeof germanUsers = {
  signIn: {
    title: 'Sign in',
    device: 'This device',
    email: 'E-mail address',
    password: 'Password',
    submit: 'Sign in',
    submitting: 'Signing you in …',
    emailMissing: 'Please enter your e-mail address.',
    passwordMissing: 'Please enter your password.',
    ended:
      'You are signed out: the time is up, or you have signed in on another device. What you were entering is still there after you sign in.',
    left: 'You are signed out.',
    unfinishedTitle: 'Was the practice registered?',
    unfinished:
      'The connection was lost while registering. Try to sign in first: then everything is there, and your sheet is good. If that does not work, register the practice again and throw the old sheet away.',
    registerAgain: 'Register the practice again',
  },

  confirm: {
    password: 'To be safe: your password',
    missing: 'Please enter your password.',
    wrong: 'The password is not right. Please try again.',
    busy: 'One moment …',
    saved: 'Saved.',
    save: 'Save',
  },

  menu: {
    appointments: 'Appointments',
    own: 'My details',
    password: 'Change password',
    secondFactor: 'Safer sign-in',
    users: 'Users',
    devices: 'Devices',
    settings: 'Settings',
    events: 'Security log',
    lock: 'Lock the screen',
    lockKey: (mac) => (mac ? '⌥ ⇧ L' : 'Alt + Shift + L'),
  },

  own: {
    title: 'My details',
    name: 'Your name',
    nameMissing: 'Please enter a name.',
    telephone: 'Telephone',
    email: 'E-mail address',
    emailHint: 'You sign in with it. Changing it needs your password.',
    emailWrong: 'This is not a complete e-mail address. It looks like this: name@practice.com',
    emailChanged: 'From now on you sign in with this address.',
    changeEmail: 'Change address',
    picture: 'Your picture',
    pictureHint:
      'Only your practice sees the picture, encrypted. What the camera adds, such as the place, is removed.',
    choosePicture: 'Choose a picture',
    removePicture: 'Remove the picture',
    zoom: 'Section',
    usePicture: 'Use this picture',
    pictureBroken: 'The browser cannot open this picture. Please choose a JPEG or PNG.',
    preview: 'How the picture will look',
  },

  password: {
    title: 'Change password',
    lead: 'Afterwards you are signed out at other devices.',
    current: 'Current password',
    next: 'New password',
    hint: 'At least 10 characters. Four random words are good and easy to remember.',
    tooShort: 'Please use at least 10 characters.',
    show: 'Show password',
    submit: 'Change password',
    changed: 'Your password is changed.',
  },

  users: {
    title: 'Users',
    lead: 'Everyone who can sign in to your practice.',
    readOnly: (main) => `Only ${main} can change this.`,
    add: 'Add a user',
    you: 'you',
    role: { practitioner: 'Practitioner', assistant: 'Assistant' },
    roleLabel: 'Role',
    roleHint: 'Assistants may prepare everything, but open no consulting room.',
    main: 'Main responsibility',
    state: { invited: 'Not activated yet', active: 'Active', deactivated: 'Switched off' },
    edit: (name) => `Edit ${name}`,
    editShort: 'Edit',
    name: 'Name',
    nameHint: 'How the person is announced to patients.',
    addTitle: 'Add a user',
    addLead:
      'You get an activation code to print. With it the person chooses a password of their own at an approved device; you never learn it.',
    addSubmit: 'Make a code',
    planTitle: 'Your plan is for one person',
    plan: 'For more users your practice needs the plan plus. Ask for it; whoever runs Sprechzimmer for you will get in touch.',
    requestPlus: 'Ask for plan plus',
    plusRequested: 'Plan plus has been asked for. Once it is there, you can add users here.',
    changesTitle: 'Details',
    changeRole: 'Change role',
    newCode: 'New activation code',
    newCodeLead: (name) =>
      `If ${name} has forgotten the password: the old one ends, and whoever is signed in is signed out.`,
    deactivate: 'Switch off',
    deactivateLead: (name) => `${name} then cannot sign in until you allow it again. The appointments stay.`,
    reactivate: 'Switch on again',
    reactivateLead: (name) => `${name} can then sign in again with the same password.`,
    remove: 'Delete user',
    removeLead: (name) =>
      `${name} can then never sign in again. The appointments stay with the practice. Afterwards your practice gets a new key.`,
    successor: 'Who takes over the appointments?',
    typeName: (name) => `To confirm: type “${name}”`,
    typeNameWrong: 'That is not the name.',
    offerMain: 'Hand over the main responsibility',
    offerMainLead: (name) =>
      `${name} must agree. Afterwards ${name} manages users and devices, and you no longer do.`,
    offered: (name) => `${name} has been asked and must still agree.`,
    offerTitle: (name) => `${name} would like to hand over the main responsibility to you`,
    offerText:
      'You would then manage the users and devices of your practice. Whoever did so before can still sign in.',
    offerAccept: 'Yes, I take it over',
    accepted: 'You now have the main responsibility.',
    done: (name) => `${name}: done.`,
    removed: (name) => `${name} is deleted.`,
  },

  activationSheet: {
    title: (name) => `Activation code for ${name}`,
    lead: 'Print the sheet and give it to the person yourself. The code is shown only this once.',
    code: 'Activation code',
    print: 'Print',
    done: 'I have the sheet',
    paperTitle: 'Your access to Sprechzimmer',
    paperName: 'For',
    paperPractice: 'Practice',
    paperAddress: 'Address',
    paperSteps: [
      'Open the address at a device of your practice that is already approved.',
      'Choose “I have an activation code” and enter the code.',
      'Think of a password. Nobody else learns it.',
    ],
    paperKeep: 'Throw the sheet away afterwards: the code works only once.',
  },

  activate: {
    link: 'I have an activation code',
    title: 'Activate access',
    lead: 'The code is on the sheet that you got in your practice.',
    code: 'Activation code',
    codeHint: '12 characters, for example K7QF-93MD-XW2P',
    codeIncomplete: 'Some characters are missing. The code has 12.',
    codeMistyped: 'One character is not right. Please compare the code with the sheet.',
    password: 'Your new password',
    submit: 'Activate',
    busy: 'Your access is being set up …',
    refused: 'This code is not valid, or no longer. Please ask for a new one.',
    toSignIn: 'To sign-in',
    unfinishedTitle: 'Your access is not quite ready',
    unfinished:
      'The connection was lost while activating. You can already work with appointments. Please ask for a new activation code.',
  },

  elsewhere: {
    title: 'You are still signed in',
    at: (device, since) => `At “${device}” since ${since}.`,
    atOther: (since) => `At another device since ${since}.`,
    text: 'If you go on here, you are signed out there.',
    roomTitle: 'A consulting room is open there',
    room: 'A consultation may be going on there. It does not break off, but nobody can see appointments there any more. It is best to go to that device first.',
    takeOver: 'Go on here',
    takeOverAnyway: 'Go on here all the same',
    stay: 'Stay signed in there',
  },
  suspended: (until) =>
    until
      ? `This device is suspended until ${until}. The person with the main responsibility can allow it earlier.`
      : 'This device is suspended for now. The person with the main responsibility can allow it again.',

  factor: {
    title: 'Second confirmation',
    totp: 'Code from your app',
    totpHint: 'Six digits that change every 30 seconds.',
    passkey: 'Confirm with a passkey',
    recoveryCode: 'Spare code',
    recoveryHint: 'One of the codes that you got when you set this up.',
    useRecovery: 'I have neither app nor passkey',
    useTotp: 'Use the app after all',
    wrong: 'That is not right or has run out. Please try again.',
    submit: 'Confirm',
    passkeyFailed: 'The passkey was not accepted. Please try again.',
  },

  locked: {
    title: 'Locked',
    lead: 'Appointments and names are no longer on this screen. An open consulting room goes on.',
    password: 'Your password',
    submit: 'Unlock',
    busy: 'Unlocking …',
    wrong: (left) =>
      left === 1
        ? 'The password is not right. One attempt is left, then you are signed out.'
        : `The password is not right. ${left} attempts are left, then you are signed out.`,
    out: 'The password was wrong five times. To be safe you are signed out.',
    other: 'Sign in as someone else',
  },
};
