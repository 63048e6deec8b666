import { catalogue } from '@sprechzimmer/design/i18n.ts';
import type { MailBrowser, MailSystem } from './mail-help.ts';

type Section = { name: string; steps: string[] };

const german = {
  title: 'Es öffnet sich kein Mailprogramm',
  lead: 'Dann ist an diesem Gerät keines eingestellt. Das lässt sich in einer Minute ändern.',
  copyTitle: 'Kopieren geht immer',
  copy: 'In der Einladung unter „Text ansehen“ steht der fertige Text. Kopieren Sie ihn und fügen Sie ihn in eine neue E-Mail ein.',
  tryTitle: 'Ausprobieren',
  try: 'Es sollte sich eine leere E-Mail öffnen.',
  tryButton: 'Leere E-Mail öffnen',
  trySubject: 'Probe',
  others: 'Andere Geräte und Browser',
  systems: {
    windows: {
      name: 'Windows',
      steps: [
        'Öffnen Sie das Startmenü, dann „Einstellungen“, „Apps“, „Standard-Apps“.',
        'Suchen Sie oben nach „MAILTO“.',
        'Wählen Sie Ihr Mailprogramm, zum Beispiel Outlook oder Thunderbird.',
      ],
    },
    mac: {
      name: 'Mac',
      steps: [
        'Öffnen Sie das Programm „Mail“, auch wenn Sie ein anderes benutzen.',
        'Wählen Sie oben „Mail“, dann „Einstellungen“, „Allgemein“.',
        'Wählen Sie bei „Standard-E-Mail-Programm“ Ihr Mailprogramm.',
      ],
    },
    linux: {
      name: 'Linux',
      steps: [
        'Öffnen Sie „Einstellungen“, dann „Apps“ und „Vorgabe-Anwendungen“.',
        'Wählen Sie bei „E-Mail“ Ihr Mailprogramm, zum Beispiel Thunderbird.',
      ],
    },
    ios: {
      name: 'iPhone und iPad',
      steps: [
        'Öffnen Sie „Einstellungen“, dann „Apps“ und „Standard-Apps“.',
        'Wählen Sie bei „E-Mail“ Ihr Mailprogramm. „Mail“ braucht mindestens ein Konto.',
      ],
    },
    android: {
      name: 'Android',
      steps: [
        'Installieren Sie Ihr Mailprogramm, und melden Sie sich darin an.',
        'Tippen Sie noch einmal auf „E-Mail schreiben“, und wählen Sie es aus.',
        'Öffnet sich ein falsches: „Einstellungen“, „Apps“, jenes Programm, „Standardmäßig öffnen“, „Standardeinstellungen löschen“.',
      ],
    },
  } satisfies Record<MailSystem, Section>,
  browsers: {
    chrome: {
      name: 'Chrome mit Gmail im Browser',
      steps: [
        'Öffnen Sie mail.google.com.',
        'Klicken Sie in der Adresszeile rechts auf das Zeichen mit den zwei Rauten.',
        'Wählen Sie „Zulassen“. E-Mails öffnen sich von nun an in Gmail.',
        'Fehlt das Zeichen: „Einstellungen“, „Datenschutz und Sicherheit“, „Website-Einstellungen“, „Zusätzliche Berechtigungen“, „Protokoll-Handler“.',
      ],
    },
    edge: {
      name: 'Edge mit Outlook oder Gmail im Browser',
      steps: [
        'Öffnen Sie Ihr Postfach im Browser, zum Beispiel outlook.com oder mail.google.com.',
        'Klicken Sie in der Adresszeile rechts auf das Zeichen mit den zwei Rauten, und wählen Sie „Zulassen“.',
      ],
    },
    firefox: {
      name: 'Firefox',
      steps: [
        'Öffnen Sie das Menü rechts oben, dann „Einstellungen“, „Allgemein“, „Anwendungen“.',
        'Wählen Sie in der Zeile „mailto“ Ihr Mailprogramm oder „Gmail verwenden“.',
      ],
    },
    safari: {
      name: 'Safari',
      steps: [
        'Safari öffnet das Programm, das am Gerät als Standard für E-Mail eingestellt ist.',
        'Ein Postfach im Browser kann Safari nicht öffnen: Kopieren Sie den Text.',
      ],
    },
  } satisfies Record<MailBrowser, Section>,
  noHandler: {
    name: 'GMX, WEB.DE und andere Postfächer im Browser',
    steps: [
      'Diese Postfächer lassen sich nicht als Mailprogramm einstellen.',
      'Kopieren Sie den Text, und fügen Sie ihn dort in eine neue E-Mail ein.',
    ],
  },
};

const english: typeof german = {
  title: 'No mail program opens',
  lead: 'Then none is set up on this device. That takes a minute to change.',
  copyTitle: 'Copying always works',
  copy: 'The finished text is in the invitation under “Show the text”. Copy it and paste it into a new e-mail.',
  tryTitle: 'Try it',
  try: 'An empty e-mail should open.',
  tryButton: 'Open an empty e-mail',
  trySubject: 'Test',
  others: 'Other devices and browsers',
  systems: {
    windows: {
      name: 'Windows',
      steps: [
        'Open the Start menu, then “Settings”, “Apps”, “Default apps”.',
        'Search for “MAILTO” at the top.',
        'Choose your mail program, for instance Outlook or Thunderbird.',
      ],
    },
    mac: {
      name: 'Mac',
      steps: [
        'Open the program “Mail”, even if you use another one.',
        'Choose “Mail” at the top, then “Settings”, “General”.',
        'Choose your mail program at “Default email reader”.',
      ],
    },
    linux: {
      name: 'Linux',
      steps: [
        'Open “Settings”, then “Apps” and “Default Apps”.',
        'Choose your mail program at “Mail”, for instance Thunderbird.',
      ],
    },
    ios: {
      name: 'iPhone and iPad',
      steps: [
        'Open “Settings”, then “Apps” and “Default Apps”.',
        'Choose your mail program at “Email”. “Mail” needs at least one account.',
      ],
    },
    android: {
      name: 'Android',
      steps: [
        'Install your mail program and sign in there.',
        'Tap “Write e-mail” once more and choose it.',
        'If a wrong one opens: “Settings”, “Apps”, that program, “Open by default”, “Clear defaults”.',
      ],
    },
  },
  browsers: {
    chrome: {
      name: 'Chrome with Gmail in the browser',
      steps: [
        'Open mail.google.com.',
        'Click the sign with two diamonds at the right of the address bar.',
        'Choose “Allow”. From now on e-mails open in Gmail.',
        'If the sign is missing: “Settings”, “Privacy and security”, “Site settings”, “Additional permissions”, “Protocol handlers”.',
      ],
    },
    edge: {
      name: 'Edge with Outlook or Gmail in the browser',
      steps: [
        'Open your mailbox in the browser, for instance outlook.com or mail.google.com.',
        'Click the sign with two diamonds at the right of the address bar and choose “Allow”.',
      ],
    },
    firefox: {
      name: 'Firefox',
      steps: [
        'Open the menu at the top right, then “Settings”, “General”, “Applications”.',
        'In the line “mailto”, choose your mail program or “Use Gmail”.',
      ],
    },
    safari: {
      name: 'Safari',
      steps: [
        'Safari opens the program that is set on the device as the default for e-mail.',
        'Safari cannot open a mailbox in the browser: copy the text.',
      ],
    },
  },
  noHandler: {
    name: 'GMX, WEB.DE and other mailboxes in the browser',
    steps: [
      'These mailboxes cannot be set as the mail program.',
      'Copy the text and paste it into a new e-mail there.',
    ],
  },
};

/** What to do when no mail program opens. */
export const mailHelpMessages = catalogue(german, english);
