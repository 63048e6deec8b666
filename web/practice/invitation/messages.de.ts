import type { Participant, SentWay } from '@sprechzimmer/protocol/appointment.ts';
import type { DeliveryReason } from '@sprechzimmer/protocol/delivery.ts';
import type { TemplateKind } from '@sprechzimmer/protocol/invitation-settings.ts';

const reasons: Record<DeliveryReason, string> = {
  address: 'Diese Adresse gibt es nicht, oder sie nimmt nichts an. Bitte prüfen Sie sie.',
  content: 'Der Empfänger hat den Text nicht angenommen. Bitte laden Sie auf einem anderen Weg ein.',
  'mail-server': 'Der Mailserver hat abgelehnt. Bitte laden Sie auf einem anderen Weg ein.',
  'sign-in':
    'Der Server darf gerade keine Nachrichten verschicken. Bitte sagen Sie der Person Bescheid, die Sprechzimmer bei Ihnen betreut.',
  unreachable: 'Der Mailserver ist gerade nicht zu erreichen.',
  later: 'Der Empfänger nimmt gerade nichts an.',
};

export const german = {
  sheet: {
    title: (name: string) => `Einladung für ${name}`,
    when: (day: string, time: string) => `${day}, ${time}`,
    opensOn: 'Der Code öffnet nur an diesem Tag.',
    past: 'Dieser Termin ist vorbei. Der Code öffnet nicht mehr.',
    code: 'Code zum Eintippen',
    link: 'Link ins Wartezimmer',
    copyLink: 'Link kopieren',
    copyCode: 'Code kopieren',
    linkCopied: 'Der Link ist kopiert. Fügen Sie ihn in Ihre Nachricht ein.',
    codeCopied: 'Der Code ist kopiert. Fügen Sie ihn in Ihre Nachricht ein.',
    copyRefused:
      'Ihr Browser hat das Kopieren nicht erlaubt. Der Text ist markiert: Drücken Sie Strg + C (am Mac ⌘ + C).',
    ways: 'Weitere Wege',
    preview: 'Text ansehen',
    copyText: 'Text kopieren',
    textCopied: 'Der Text ist kopiert. Fügen Sie ihn in Ihre E-Mail ein.',
    done: 'Fertig',
    save: 'Speichern',
    compare:
      'Der Server kennt diesen Link. Vergleichen Sie deshalb zu Beginn des Gesprächs die drei Wörter, die beide sehen.',
  },

  mail: {
    write: 'E-Mail schreiben',
    to: (address: string) => `Öffnet Ihr Mailprogramm mit fertigem Text an ${address}.`,
    withoutAddress: 'Öffnet Ihr Mailprogramm mit fertigem Text. Die Adresse tragen Sie dort ein.',
    tooLong:
      'Ihr Text ist für manche Mailprogramme zu lang. Er wird deshalb kopiert: Fügen Sie ihn im Mailprogramm mit Strg + V ein (am Mac ⌘ + V).',
    notOpening: 'Es öffnet sich kein Mailprogramm?',
    unknown: 'Ob die E-Mail verschickt ist, sehen Sie in Ihrem Mailprogramm.',
  },

  letter: {
    title: 'Brief mit Code und Bild',
    address: 'Anschrift',
    addressHint: 'Steht im Fenster des Umschlags. Sie wird nicht gespeichert.',
    print: 'Brief drucken',
    printHint: 'Im Druckfenster können Sie den Brief auch als PDF speichern.',
    qr: 'Der Link als Bild für die Kamera eines Telefons',
    code: 'Code',
    scan: 'Link zum Abfotografieren',
    telephone: (number: string) => `Telefon ${number}`,
  },

  calendarFile: {
    title: 'Kalenderdatei',
    lead: 'Zum Anhängen an eine Nachricht. Die eingeladene Person öffnet sie, und der Termin steht mit Link in ihrem Kalender. Wer der Termin betrifft, steht nicht darin.',
    download: 'Kalenderdatei speichern',
    fileName: 'Videotermin',
  },

  aloud: {
    title: 'Am Telefon vorlesen',
    say: 'Sagen Sie zum Beispiel:',
    open: (address: string) => `„Öffnen Sie am Tag des Termins im Browser die Adresse ${address}.“`,
    typeIt: '„Dort geben Sie diesen Code ein. Er hat drei Gruppen. Groß oder klein ist egal.“',
    again: '„Bitte lesen Sie mir den Code noch einmal vor.“',
    group: (number: number) => `Gruppe ${number}`,
    done: 'Ich habe den Code genannt',
  },

  sms: {
    title: 'SMS',
    lead: (number: string) => `Geht jetzt an ${number}.`,
    learns:
      'Der Server und der SMS-Dienst erfahren dabei Nummer und Link, sonst nichts. Vergleichen Sie deshalb zu Beginn des Gesprächs die drei Wörter, die beide sehen.',
    send: 'SMS jetzt schicken',
    sending: 'Wird beauftragt …',
    missing: 'Es fehlt eine Handynummer.',
    wrong: (text: string) => `„${text}“ ist keine vollständige Telefonnummer.`,
    change: 'Nummer ändern',
    number: 'Handynummer',
    numberHint: 'Zum Beispiel 0171 2345678, oder mit Ländervorwahl +43 …',
    numberProblem: 'Das ist keine vollständige Telefonnummer. Sie sieht so aus: 0171 2345678',
    notHere: 'SMS sind hier nicht eingerichtet. Fragen Sie die Person, die Sprechzimmer bei Ihnen betreut.',
    notInPlan: 'Ihr Tarif enthält keine SMS. Den Tarif finden Sie in den Einstellungen.',
  },

  serverMail: {
    title: 'E-Mail vom Server',
    lead: (address: string) => `An ${address}. Der Text nennt weder Namen noch Anlass.`,
    learns: 'Der Server erfährt dabei die Adresse und, was in der E-Mail steht.',
    thenCompare:
      'Kennt er den Link, vergleichen Sie zu Beginn des Gesprächs die drei Wörter, die beide sehen.',
    signed: (name: string) => `Unterschrieben mit „${name}“.`,
    notNeutral:
      'Sagt dieser Name etwas über Ihre Fachrichtung, nennen Sie in den Einstellungen unter „Einladungen“ einen neutralen.',
    onDay: (time: string) => `Am Tag des Termins um ${time} von selbst`,
    choice: {
      no: 'Nein',
      link: 'Ja, mit Link und Code',
      'without-code': 'Ja, ohne Code: den nennen wir am Telefon',
    } satisfies Record<Participant['mailOnDay'], string>,
    atOnce: 'Diese Uhrzeit ist heute schon vorbei: Die E-Mail geht dann sofort hinaus.',
    now: 'Jetzt schicken',
    nowWithoutCode: 'Jetzt ohne Code schicken',
    sending: 'Wird beauftragt …',
    missing: 'Es fehlt eine E-Mail-Adresse.',
    wrong: (text: string) => `„${text}“ ist keine vollständige E-Mail-Adresse.`,
    address: 'E-Mail-Adresse',
    change: 'Adresse ändern',
    addressProblem: 'Das ist keine vollständige E-Mail-Adresse. Sie sieht so aus: name@beispiel.de',
    notHere:
      'Der Server kann hier keine E-Mails verschicken. Fragen Sie die Person, die Sprechzimmer bei Ihnen betreut. Ihr eigenes Mailprogramm geht immer.',
    notInPlan:
      'Ihr Tarif enthält keine E-Mails vom Server. Den Tarif finden Sie in den Einstellungen. Ihr eigenes Mailprogramm geht immer.',
  },

  state: {
    'not-sent': 'Noch nicht verschickt',
    here: 'Ist im Wartezimmer',
    attended: 'War da',
    arrived: 'War im Wartezimmer',
    opened: 'Hat die Einladung geöffnet',
    sentBy: {
      'mail-program': (at: string) => `Mailprogramm geöffnet: ${at}`,
      copied: (at: string) => `Kopiert: ${at}`,
      letter: (at: string) => `Brief gedruckt: ${at}`,
      'calendar-file': (at: string) => `Kalenderdatei gespeichert: ${at}`,
      'read-aloud': (at: string) => `Am Telefon genannt: ${at}`,
      sms: (at: string) => `SMS verschickt: ${at}`,
      'server-mail': (at: string) => `E-Mail verschickt: ${at}`,
    } satisfies Record<SentWay, (at: string) => string>,
    planned: { mail: (at: string) => `E-Mail geplant: ${at}`, sms: (at: string) => `SMS geplant: ${at}` },
    sending: { mail: 'E-Mail ist unterwegs', sms: 'SMS ist unterwegs' },
    again: { mail: 'E-Mail wird noch einmal versucht', sms: 'SMS wird noch einmal versucht' },
    uncertain: { mail: 'E-Mail: unklar, ob sie ankam', sms: 'SMS: unklar, ob sie ankam' },
    refused: { mail: 'E-Mail abgelehnt', sms: 'SMS abgelehnt' },
    bounced: { mail: 'E-Mail zurückgekommen', sms: 'SMS zurückgekommen' },
    over: { mail: 'E-Mail nicht mehr verschickt', sms: 'SMS nicht mehr verschickt' },
  },

  remedy: {
    reasons,
    uncertain:
      'Die Verbindung brach beim Verschicken ab. Damit nichts doppelt ankommt, wird nicht noch einmal verschickt. Fragen Sie nach, oder laden Sie auf einem anderen Weg ein.',
    bounced: 'Die Adresse nimmt nichts an. Bitte prüfen Sie sie, oder laden Sie auf einem anderen Weg ein.',
    over: 'Der Termin war vorbei, bevor sie verschickt werden konnte.',
    refused: 'Bitte laden Sie auf einem anderen Weg ein.',
  },

  hostCode: {
    title: 'Gastgeber-Code',
    lead: 'Damit halten Sie diesen Termin von irgendwo, ohne sich anzumelden: zum Beispiel auf dem Mobiltelefon, wenn in der Praxis der Strom ausfällt.',
    make: 'Gastgeber-Code erstellen',
    askTitle: 'Gastgeber-Code erstellen?',
    ask: 'Wer diesen Code hat, sitzt an diesem Termin auf Ihrem Platz: an jedem Gerät, ohne Passwort, den ganzen Tag. Geben Sie ihn nur der Person, die den Termin hält, und nie den Eingeladenen.',
    confirm: 'Code erstellen',
    making: 'Wird erstellt …',
    cancel: 'Abbrechen',
    since: (at: string) => `Erstellt: ${at}. Gilt nur am Tag des Termins und nur für diesen Termin.`,
    link: 'Link zum Sprechzimmer',
    code: 'Gastgeber-Code',
    revoke: 'Zurückziehen',
    revokeTitle: (code: string) => `Gastgeber-Code ${code} zurückziehen?`,
    revokeText: 'Er öffnet dann nichts mehr. Einen neuen können Sie jederzeit erstellen.',
    revokeConfirm: 'Code zurückziehen',
    revoking: 'Wird zurückgezogen …',
    revoked: 'Der Gastgeber-Code gilt nicht mehr.',
    full: 'Mehr als drei gibt es nicht. Ziehen Sie einen zurück, wenn Sie einen neuen brauchen.',
  },

  tell: {
    moved: 'Sagen Sie Bescheid: Termin verlegt',
    cancelled: 'Sagen Sie Bescheid: Termin abgesagt',
    movedLead: (when: string) =>
      `Neuer Termin: ${when}. Die früheren Links und Codes gelten nicht mehr. Sagen Sie es allen, die es noch nicht wissen.`,
    cancelledLead: (when: string) =>
      `Der Termin am ${when} ist abgesagt. Link und Code gelten nicht mehr. Sagen Sie es allen, die es noch nicht wissen.`,
    call: (number: string) => `Anrufen: ${number}`,
    newCode: 'Der neue Code zum Vorlesen steht in der Einladung.',
    serverMail: 'E-Mail vom Server schicken',
    byServer: (addresses: string) => `Der Server schickt sofort eine Absage an ${addresses}.`,
    openSheet: 'Einladung öffnen',
    done: 'Fertig',
    nobody: 'Weder E-Mail-Adresse noch Telefonnummer sind bekannt. Kopieren Sie den Text.',
  },

  trouble: {
    title: (what: string, name: string | undefined) => (name ? `${name}: ${what}` : what),
    day: (day: string) => `Termin am ${day}.`,
    open: 'Einladung öffnen',
    dismiss: 'Erledigt',
    more: (count: number) =>
      count === 1 ? 'Noch eine Nachricht, die nicht ankam' : `Noch ${count} Nachrichten, die nicht ankamen`,
    gone: 'Diesen Termin gibt es nicht mehr.',
  },

  templates: {
    title: 'Einladungen',
    lead: 'Was in Ihren Einladungen steht, wann der Server mailt, und Ihr Logo.',
    saved: 'Gespeichert.',
    generalHeading: 'Für alle Einladungen',
    neutralName: 'Neutraler Name der Praxis',
    neutralNameHint:
      'Steht in E-Mails vom Server, in SMS und im Kalender, ohne Fachrichtung: zum Beispiel „Praxis am See“. Leer: der Name der Praxis.',
    mailOnDay: 'E-Mail am Tag des Termins',
    mailOnDayHint:
      'So beginnt jede neue Einladung mit E-Mail-Adresse. Bei jeder Person lässt es sich ändern.',
    mailTime: 'Uhrzeit der E-Mails am Tag des Termins',
    mailTimeHint: 'Was schon geplant ist, rückt mit.',
    mailTimeProblem: 'Bitte geben Sie eine Uhrzeit an, zum Beispiel 08:00.',
    noServerMail: 'Der Server verschickt hier keine E-Mails. Deshalb gibt es dazu nichts einzustellen.',
    textsHeading: 'Texte',
    kind: 'Welcher Text',
    kinds: {
      mail: 'E-Mail aus Ihrem Mailprogramm',
      'server-mail': 'E-Mail vom Server, mit Code',
      'server-mail-without-code': 'E-Mail vom Server, ohne Code',
      sms: 'SMS',
      letter: 'Brief',
      moved: 'Nachricht: Termin verlegt',
      cancelled: 'Nachricht: Termin abgesagt',
    } satisfies Record<TemplateKind, string>,
    language: 'Sprache des Textes',
    languages: { de: 'Deutsch', en: 'Englisch' },
    subject: 'Betreff',
    text: 'Text',
    insert: 'Platzhalter einfügen',
    neutral:
      'Dieser Text kann über den Server gehen. Er darf deshalb weder Namen noch Behandler nennen, und schreiben Sie nichts hinein, woraus man die Fachrichtung oder den Anlass erkennt.',
    preview: 'So sieht es aus',
    previewNote: 'Mit erfundenen Angaben.',
    own: 'Dieser Text ist Ihr eigener.',
    standard: 'Das ist der Text, der mitkommt.',
    reset: 'Zurück zum mitgelieferten Text',
    example: 'Kim Beispiel',
    problem: {
      unknown: (written: string, place: string) => `${place}: ${written} gibt es nicht als Platzhalter.`,
      forbidden: (written: string, place: string) => `${place}: ${written} darf in diesem Text nicht stehen.`,
      'subject-missing': 'Der Betreff fehlt.',
      'text-missing': 'Der Text fehlt.',
      'way-in-missing': 'Im Text fehlt der Weg ins Wartezimmer: Fügen Sie den Link ein.',
      'too-long': 'Der Text ist zu lang. Bitte kürzen Sie ihn.',
    },
    place: (part: 'subject' | 'text', line: number) => (part === 'subject' ? 'Betreff' : `Zeile ${line}`),
    longMail:
      'Manche Mailprogramme schneiden so lange Texte ab. Er wird dann kopiert, und Sie fügen ihn selbst ein.',
    logoHeading: 'Logo',
    logoHint: 'Steht oben auf dem Brief. PNG oder JPEG; es wird hier verkleinert.',
    logoChoose: 'Logo auswählen',
    logoReplace: 'Anderes Logo auswählen',
    logoRemove: 'Logo entfernen',
    logoKeep: 'Logo übernehmen',
    logoPreview: 'Vorschau des Logos',
    logoTrim: 'Leeren Rand abschneiden',
    logoBroken: 'Dieses Bild lässt sich nicht öffnen. Bitte nehmen Sie ein anderes, am besten PNG oder JPEG.',
    logoAlt: 'Logo der Praxis',
    readOnly: 'Ändern kann das nur die Person mit der Hauptverantwortung für Ihre Praxis.',
  },
};
