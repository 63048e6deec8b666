import type { Participant, SentWay } from '@sprechzimmer/protocol/appointment.ts';
import type { DeliveryReason } from '@sprechzimmer/protocol/delivery.ts';
import type { TemplateKind } from '@sprechzimmer/protocol/invitation-settings.ts';
import type { german } from './messages.de.ts';

const reasons: Record<DeliveryReason, string> = {
  address: 'There is no such address, or it accepts nothing. Please check it.',
  content: 'The recipient did not accept the text. Please invite in another way.',
  'mail-server': 'The mail server refused. Please invite in another way.',
  'sign-in':
    'The server may not send messages at the moment. Please tell the person who looks after Sprechzimmer.',
  unreachable: 'The mail server cannot be reached at the moment.',
  later: 'The recipient accepts nothing at the moment.',
};

export const english = {
  sheet: {
    title: (name) => `Invitation for ${name}`,
    when: (day, time) => `${day}, ${time}`,
    opensOn: 'The code is valid on this day only.',
    past: 'This appointment is over. The code no longer opens.',
    code: 'Code to type',
    link: 'Link to the waiting room',
    copyLink: 'Copy link',
    copyCode: 'Copy code',
    linkCopied: 'The link is copied. Paste it into your message.',
    codeCopied: 'The code is copied. Paste it into your message.',
    copyRefused: 'Your browser did not allow copying. The text is selected: press Ctrl + C (⌘ + C on a Mac).',
    ways: 'Other ways',
    preview: 'Show the text',
    copyText: 'Copy text',
    textCopied: 'The text is copied. Paste it into your e-mail.',
    done: 'Done',
    save: 'Save',
    compare:
      'The server knows this link. So compare the three words that both of you see when the consultation begins.',
  },

  mail: {
    write: 'Write e-mail',
    to: (address) => `Opens your mail program with a finished text to ${address}.`,
    withoutAddress: 'Opens your mail program with a finished text. You fill in the address there.',
    tooLong:
      'Your text is too long for some mail programs. So it is copied: paste it in the mail program with Ctrl + V (⌘ + V on a Mac).',
    notOpening: 'No mail program opens?',
    unknown: 'Your mail program shows whether the e-mail has been sent.',
  },

  letter: {
    title: 'Letter with code and picture',
    address: 'Postal address',
    addressHint: 'Shows in the window of the envelope. It is not kept.',
    print: 'Print letter',
    printHint: 'The print window can also save the letter as PDF.',
    qr: 'The link as a picture for the camera of a telephone',
    code: 'Code',
    scan: 'Link to photograph',
    telephone: (number) => `Telephone ${number}`,
  },

  calendarFile: {
    title: 'Calendar file',
    lead: 'To attach to a message. Whoever is invited opens it and has the appointment with its link in their calendar. It does not say who the appointment is for.',
    download: 'Save calendar file',
    fileName: 'Video-appointment',
  },

  aloud: {
    title: 'Read out on the telephone',
    say: 'Say, for instance:',
    open: (address) => `“On the day of the appointment, open the address ${address} in your browser.”`,
    typeIt: '“Then type this code. It has three groups. Upper or lower case does not matter.”',
    again: '“Please read the code back to me.”',
    group: (number) => `Group ${number}`,
    done: 'I have told the code',
  },

  sms: {
    title: 'SMS',
    lead: (number) => `Goes to ${number} now.`,
    learns:
      'The server and the SMS service learn the number and the link, and nothing else. So compare the three words that both of you see when the consultation begins.',
    send: 'Send SMS now',
    sending: 'Being ordered …',
    missing: 'There is no mobile number.',
    wrong: (text) => `“${text}” is not a complete telephone number.`,
    change: 'Change number',
    number: 'Mobile number',
    numberHint: 'For instance 0171 2345678, or with the country code: +43 …',
    numberProblem: 'This is not a complete telephone number. It looks like this: 0171 2345678',
    notHere: 'SMS is not set up here. Ask the person who looks after Sprechzimmer.',
    notInPlan: 'Your plan has no SMS. You find the plan in the settings.',
  },

  serverMail: {
    title: 'E-mail from the server',
    lead: (address) => `To ${address}. The text tells neither a name nor a reason.`,
    learns: 'The server learns the address and what the e-mail says.',
    thenCompare:
      'If it knows the link, compare the three words that both of you see when the consultation begins.',
    signed: (name) => `Signed “${name}”.`,
    notNeutral: 'If this name tells your speciality, give a neutral one in the settings under “Invitations”.',
    onDay: (time) => `By itself at ${time} on the day of the appointment`,
    choice: {
      no: 'No',
      link: 'Yes, with link and code',
      'without-code': 'Yes, without the code: we tell it on the telephone',
    } satisfies Record<Participant['mailOnDay'], string>,
    atOnce: 'This time has passed for today: the e-mail goes out at once.',
    now: 'Send now',
    nowWithoutCode: 'Send now without the code',
    sending: 'Being ordered …',
    missing: 'There is no e-mail address.',
    wrong: (text) => `“${text}” is not a complete e-mail address.`,
    address: 'E-mail address',
    change: 'Change address',
    addressProblem: 'This is not a complete e-mail address. It looks like this: name@example.com',
    notHere:
      'The server cannot send e-mails here. Ask the person who looks after Sprechzimmer. Your own mail program always works.',
    notInPlan:
      'Your plan has no e-mails from the server. You find the plan in the settings. Your own mail program always works.',
  },

  state: {
    'not-sent': 'Not sent yet',
    here: 'Is in the waiting room',
    attended: 'Was there',
    arrived: 'Was in the waiting room',
    opened: 'Has opened the invitation',
    sentBy: {
      'mail-program': (at) => `Mail program opened: ${at}`,
      copied: (at) => `Copied: ${at}`,
      letter: (at) => `Letter printed: ${at}`,
      'calendar-file': (at) => `Calendar file saved: ${at}`,
      'read-aloud': (at) => `Told on the telephone: ${at}`,
      sms: (at) => `SMS sent: ${at}`,
      'server-mail': (at) => `E-mail sent: ${at}`,
    } satisfies Record<SentWay, (at: string) => string>,
    planned: { mail: (at) => `E-mail planned: ${at}`, sms: (at) => `SMS planned: ${at}` },
    sending: { mail: 'E-mail is on its way', sms: 'SMS is on its way' },
    again: { mail: 'E-mail will be tried again', sms: 'SMS will be tried again' },
    uncertain: { mail: 'E-mail: unclear whether it arrived', sms: 'SMS: unclear whether it arrived' },
    refused: { mail: 'E-mail refused', sms: 'SMS refused' },
    bounced: { mail: 'E-mail came back', sms: 'SMS came back' },
    over: { mail: 'E-mail no longer sent', sms: 'SMS no longer sent' },
  },

  remedy: {
    reasons,
    uncertain:
      'The connection broke while it was being sent. It is not sent again, so that nothing arrives twice. Please ask, or invite in another way.',
    bounced: 'The address accepts nothing. Please check it, or invite in another way.',
    over: 'The appointment was over before it could be sent.',
    refused: 'Please invite in another way.',
  },

  hostCode: {
    title: 'Host code',
    lead: 'With it you hold this appointment from anywhere without signing in: on a mobile telephone, for instance, when the practice has no power.',
    make: 'Make host code',
    askTitle: 'Make a host code?',
    ask: 'Whoever has this code sits in your place at this appointment: on any device, without a password, all day. Give it only to the person who holds the appointment, and never to those invited.',
    confirm: 'Make code',
    making: 'Being made …',
    cancel: 'Cancel',
    since: (at) => `Made: ${at}. Valid on the day of the appointment only, and for this appointment only.`,
    link: 'Link to the consulting room',
    code: 'Host code',
    revoke: 'Revoke',
    revokeTitle: (code) => `Revoke host code ${code}?`,
    revokeText: 'It then opens nothing any more. You can make a new one at any time.',
    revokeConfirm: 'Revoke code',
    revoking: 'Being revoked …',
    revoked: 'The host code is no longer valid.',
    full: 'There are no more than three. Revoke one if you need a new one.',
  },

  tell: {
    moved: 'Let them know: appointment moved',
    cancelled: 'Let them know: appointment cancelled',
    movedLead: (when) =>
      `New appointment: ${when}. The earlier links and codes are no longer valid. Tell everyone who does not know yet.`,
    cancelledLead: (when) =>
      `The appointment on ${when} is cancelled. Link and code are no longer valid. Tell everyone who does not know yet.`,
    call: (number) => `Call: ${number}`,
    newCode: 'The new code for reading out is in the invitation.',
    serverMail: 'Send e-mail from the server',
    byServer: (addresses) => `The server sends a cancellation to ${addresses} at once.`,
    openSheet: 'Open invitation',
    done: 'Done',
    nobody: 'Neither an e-mail address nor a telephone number is known. Copy the text.',
  },

  trouble: {
    title: (what, name) => (name ? `${name}: ${what}` : what),
    day: (day) => `Appointment on ${day}.`,
    open: 'Open invitation',
    dismiss: 'Settled',
    more: (count) =>
      count === 1 ? 'One more message that did not arrive' : `${count} more messages that did not arrive`,
    gone: 'This appointment no longer exists.',
  },

  templates: {
    title: 'Invitations',
    lead: 'What your invitations say, when the server mails, and your logo.',
    saved: 'Saved.',
    generalHeading: 'For all invitations',
    neutralName: 'Neutral name of the practice',
    neutralNameHint:
      'Shows in e-mails from the server, in SMS and in calendars, without the speciality: “Praxis am See”, for instance. Empty: the name of the practice.',
    mailOnDay: 'E-mail on the day of the appointment',
    mailOnDayHint:
      'Each new invitation with an e-mail address begins like this. It can be changed for each person.',
    mailTime: 'Time of the e-mails on the day of the appointment',
    mailTimeHint: 'What is planned already moves along.',
    mailTimeProblem: 'Please give a time, for instance 08:00.',
    noServerMail: 'The server sends no e-mails here. So there is nothing to set about them.',
    textsHeading: 'Texts',
    kind: 'Which text',
    kinds: {
      mail: 'E-mail from your mail program',
      'server-mail': 'E-mail from the server, with code',
      'server-mail-without-code': 'E-mail from the server, without code',
      sms: 'SMS',
      letter: 'Letter',
      moved: 'Message: appointment moved',
      cancelled: 'Message: appointment cancelled',
    } satisfies Record<TemplateKind, string>,
    language: 'Language of the text',
    languages: { de: 'German', en: 'English' },
    subject: 'Subject',
    text: 'Text',
    insert: 'Insert placeholder',
    neutral:
      'This text may go through the server. So it must name neither the person nor the practitioner; please write nothing that tells the speciality or the reason.',
    preview: 'What it looks like',
    previewNote: 'With made-up details.',
    own: 'This text is your own.',
    standard: 'This is the text that comes with the product.',
    reset: 'Back to the text that comes with the product',
    example: 'Kim Example',
    problem: {
      unknown: (written, place) => `${place}: there is no placeholder ${written}.`,
      forbidden: (written, place) => `${place}: ${written} must not be in this text.`,
      'subject-missing': 'The subject is missing.',
      'text-missing': 'The text is missing.',
      'way-in-missing': 'The text lacks the way to the waiting room: insert the link.',
      'too-long': 'The text is too long. Please shorten it.',
    },
    place: (part, line) => (part === 'subject' ? 'Subject' : `Line ${line}`),
    longMail:
      'Some mail programs cut off texts as long as this. It is then copied, and you paste it yourself.',
    logoHeading: 'Logo',
    logoHint: 'Stands at the top of the letter. PNG or JPEG; it is made smaller here.',
    logoChoose: 'Choose logo',
    logoReplace: 'Choose another logo',
    logoRemove: 'Remove logo',
    logoKeep: 'Use logo',
    logoPreview: 'Preview of the logo',
    logoTrim: 'Cut off the empty edge',
    logoBroken: 'This picture cannot be opened. Please take another one, best a PNG or JPEG.',
    logoAlt: 'Logo of the practice',
    readOnly: 'Only the person with the main responsibility for your practice can change this.',
  },
} satisfies typeof german;
