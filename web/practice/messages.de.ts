import { germanSafety } from './user/messages-safety.de.ts';
import { germanUsers } from './user/messages.de.ts';
import type { RegistrationProblem } from './practice/registration.ts';
import type { MembershipErrorCode } from '@sprechzimmer/membership/membership-error.ts';
import type { ApiErrorCode } from './api.ts';

/** Minutes as a wait is told: never "0 Minuten". */
function waitInWords(seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  return minutes <= 1 ? 'etwa eine Minute' : `etwa ${minutes} Minuten`;
}

export const german = {
  documentTitle: 'Sprechzimmer',
  again: 'Noch einmal',
  back: 'Zurück',
  cancel: 'Abbrechen',
  next: 'Weiter',
  optional: '(freiwillig)',

  ...germanUsers,
  ...germanSafety,

  failure: {
    OFFLINE:
      'Keine Verbindung. Was Sie eingegeben haben, steht noch hier. Prüfen Sie das Internet und versuchen Sie es noch einmal.',
    BAD_INPUT: 'Diese Angaben hat der Server nicht angenommen. Bitte prüfen Sie sie noch einmal.',
    PASSWORD_TOO_SHORT: 'Das Passwort ist zu kurz. Bitte nehmen Sie mindestens 10 Zeichen.',
    PASSWORD_BREACHED:
      'Dieses Passwort steht auf einer Liste bekannt gewordener Passwörter. Bitte wählen Sie ein anderes, zum Beispiel vier zufällige Wörter.',
    EMAIL_TAKEN: 'Mit dieser E-Mail-Adresse gibt es schon ein Konto. Bitte nehmen Sie eine andere.',
    ALREADY_REGISTERED: 'Das gibt es schon. Bitte laden Sie die Seite neu.',
    SIGN_IN_REFUSED: 'E-Mail-Adresse oder Passwort stimmen nicht, oder dieses Gerät gehört nicht dazu.',
    NOT_SIGNED_IN: 'Sie sind abgemeldet. Bitte melden Sie sich neu an.',
    REQUEST_EXPIRED:
      'Die Uhr dieses Geräts geht falsch. Stellen Sie Datum und Uhrzeit auf automatisch und versuchen Sie es noch einmal.',
    TOO_MANY_ATTEMPTS: 'Das waren zu viele Versuche. Bitte warten Sie und versuchen Sie es dann noch einmal.',
    NOT_FOUND: 'Das gibt es nicht mehr.',
    FORBIDDEN: 'Das darf nur die Person mit der Hauptverantwortung für Ihre Praxis.',
    PLAN_LIMIT: 'Der Tarif Ihrer Praxis erlaubt das nicht.',
    LOCKED: 'Der Bildschirm ist gesperrt.',
    SECOND_FACTOR_NEEDED: 'Zur Anmeldung gehört noch eine zweite Bestätigung.',
    SESSION_ELSEWHERE: 'Sie sind noch an einem anderen Gerät angemeldet.',
    DEVICE_SUSPENDED: 'Dieses Gerät ist vorübergehend gesperrt.',
    CODE_WRONG: 'Der Code stimmt nicht. Bitte prüfen Sie ihn noch einmal.',
    EXPIRED: 'Das gilt nicht mehr. Bitte beginnen Sie noch einmal.',
    VERSION_CONFLICT: 'Jemand hat das inzwischen geändert. Bitte versuchen Sie es noch einmal.',
    INTERNAL:
      'Der Server konnte das nicht ausführen. Was Sie eingegeben haben, steht noch hier. Versuchen Sie es gleich noch einmal.',
  } satisfies Record<ApiErrorCode, string>,
  tooManyAttempts: (seconds: number) =>
    `Das waren zu viele Versuche. Bitte warten Sie ${waitInWords(seconds)} und versuchen Sie es dann noch einmal.`,

  start: {
    loading: 'Einen Moment. Ihr Sprechzimmer wird geöffnet.',
    unreachableTitle: 'Keine Verbindung',
    unreachable: 'Der Server antwortet nicht. Prüfen Sie das Internet und versuchen Sie es noch einmal.',
    storageTitle: 'Dieser Browser darf nichts behalten',
    storage:
      'Der Schlüssel Ihrer Praxis wird in diesem Browser aufbewahrt. Das ist gerade nicht möglich: Vielleicht ist dies ein privates Fenster, oder Website-Daten sind gesperrt.',
    storageRemedy:
      'Öffnen Sie diese Seite in einem gewöhnlichen Fenster und erlauben Sie in den Einstellungen des Browsers, dass Websites Daten speichern.',
    mismatchTitle: 'Der Schlüssel passt nicht',
    mismatch:
      'Die Daten Ihrer Praxis lassen sich auf diesem Gerät nicht öffnen. Es wurde nichts verändert. Bitte wenden Sie sich an die Person, die Sprechzimmer bei Ihnen betreut.',
  },

  alarm: {
    title: 'Achtung: Hier stimmt etwas nicht',
    what: {
      malformed: 'Das Verzeichnis Ihrer Geräte und Benutzer ist beschädigt.',
      forked: 'Das Verzeichnis Ihrer Geräte und Benutzer wurde ausgetauscht: Es ist ein anderes als bisher.',
      unsigned:
        'Im Verzeichnis Ihrer Geräte und Benutzer steht etwas, das niemand aus Ihrer Praxis unterschrieben hat.',
      'not-allowed':
        'Im Verzeichnis Ihrer Geräte und Benutzer steht etwas, das die Person dahinter nicht durfte.',
      shorter: 'Im Verzeichnis Ihrer Geräte und Benutzer fehlt etwas, das dieses Gerät schon gesehen hat.',
      'unknown-member':
        'Der Server nennt ein Gerät oder eine Person, die niemand aus Ihrer Praxis aufgenommen hat.',
    } satisfies Record<MembershipErrorCode, string>,
    nothingLeft:
      'Dieses Gerät hat deshalb angehalten. Es hat keinen Schlüssel und keine Daten herausgegeben.',
    enterNothing: 'Geben Sie hier nichts ein, auch nicht Ihr Passwort.',
    call: 'Rufen Sie die Person an, die Sprechzimmer bei Ihnen betreut, und lesen Sie ihr vor, was hier steht. Bis dahin bleibt Ihren Patientinnen und Patienten das Telefon.',
    sign: (code: string) => `Für die Betreuung: ${code}`,
  },

  welcome: {
    title: 'Willkommen in Ihrem Sprechzimmer',
    lead: 'Sprechen Sie mit Ihren Patientinnen und Patienten per Video: Sie vereinbaren den Termin, das Gespräch geht verschlüsselt von Gerät zu Gerät.',
    register: 'Praxis anlegen',
    registerHint: 'Dauert etwa drei Minuten. Halten Sie einen Drucker oder Stift und Papier bereit.',
    lostTitle: 'Die Schlüssel dieses Geräts sind weg',
    lost: 'In diesem Browser war Ihre Praxis eingerichtet. Die Daten dieser Website wurden inzwischen gelöscht, und mit ihnen der Schlüssel. Melden Sie dieses Gerät neu an. Ist es Ihr einziges gewesen, brauchen Sie Ihr Wiederherstellungsblatt.',
  },

  register: {
    title: 'Praxis anlegen',
    step: (step: number, of: number) => `Schritt ${step} von ${of}`,
    before: 'Bevor Sie beginnen',
    beforeText:
      'Alles über Ihre Termine wird in diesem Browser verschlüsselt. Wer den Server betreibt, kann es nicht lesen, und auch nicht retten: Ohne ein freigegebenes Gerät und ohne das Wiederherstellungsblatt, das Sie gleich drucken, sind die Daten verloren.',
    practiceHeading: 'Ihre Praxis',
    practiceName: 'Name der Praxis',
    practiceNameHint: 'So steht er in jeder Einladung.',
    telephone: 'Telefon der Praxis',
    telephoneHint: 'Patienten sehen die Nummer im Wartezimmer, falls etwas nicht klappt.',
    userHeading: 'Ihr Zugang',
    userName: 'Ihr Name',
    userNameHint: 'Zum Beispiel Dr. Erika Muster. So werden Sie Patienten angekündigt.',
    email: 'E-Mail-Adresse',
    emailHint: 'Damit melden Sie sich an.',
    password: 'Passwort',
    passwordHint: 'Mindestens 10 Zeichen. Vier zufällige Wörter sind gut und leicht zu merken.',
    showPassword: 'Passwort zeigen',
    deviceHeading: 'Dieses Gerät',
    deviceName: 'Name für dieses Gerät',
    deviceNameHint: 'Zum Beispiel Empfang oder Sprechzimmer 2.',
    deviceNameSuggestion: 'Sprechzimmer 1',
    deviceText:
      'Dieser Browser wird das erste freigegebene Gerät Ihrer Praxis. Der Schlüssel bleibt hier: Löschen Sie die Daten dieser Website nicht, und nehmen Sie kein privates Fenster.',
    bookmarkTip:
      'Legen Sie ein Lesezeichen auf diese Seite an. Dann finden Sie sie wieder, und der Browser bewahrt den Schlüssel besser auf.',
    toSheet: 'Weiter zum Wiederherstellungsblatt',
    problem: {
      'practice-name-missing': 'Bitte geben Sie den Namen Ihrer Praxis an.',
      'telephone-missing': 'Bitte geben Sie die Telefonnummer der Praxis an.',
      'user-name-missing': 'Bitte geben Sie Ihren Namen an.',
      'email-wrong': 'Das ist keine vollständige E-Mail-Adresse. Sie sieht so aus: name@praxis.de',
      'password-too-short': 'Das Passwort ist zu kurz. Bitte nehmen Sie mindestens 10 Zeichen.',
      'password-too-long': 'Das Passwort ist zu lang. Bitte nehmen Sie höchstens 128 Zeichen.',
      'device-name-missing': 'Bitte geben Sie dem Gerät einen Namen.',
      'too-long': 'Das ist zu lang. Bitte kürzen Sie es.',
    } satisfies Record<RegistrationProblem, string>,
    sending: 'Ihre Praxis wird angelegt …',
    sendingText: 'Der Schlüssel ist fertig. Gleich können Sie den ersten Termin anlegen.',
    failed: 'Die Praxis ist noch nicht angelegt',
    alreadyRegistered: 'Diese Praxis ist schon angelegt. Bitte melden Sie sich an.',
    toSignIn: 'Zur Anmeldung',
  },

  sheet: {
    title: 'Ihr Wieder\u00ADherstellungs\u00ADblatt',
    lead: 'Dieser Code öffnet die Daten Ihrer Praxis, wenn kein Gerät mehr da ist. Er wird nur dieses eine Mal gezeigt.',
    todo: 'Drucken Sie das Blatt oder schreiben Sie den Code ab, und verwahren Sie ihn verschlossen. Niemand sonst kann ihn Ihnen noch einmal geben.',
    code: 'Wiederherstellungscode',
    group: (number: number) => `Gruppe ${number}`,
    print: 'Drucken',
    kept: 'Ich habe den Code auf Papier',
    paperTitle: 'Wiederherstellungsblatt',
    paperPractice: 'Praxis',
    paperDate: 'Ausgestellt am',
    paperAddress: 'Adresse',
    paperPurpose:
      'Mit diesem Code lassen sich die verschlüsselten Daten der Praxis wieder öffnen, wenn alle freigegebenen Geräte verloren sind. Ohne ein Gerät und ohne diesen Code sind die Daten nicht zu retten, auch nicht durch den Betreiber des Servers.',
    paperKeep:
      'Bewahren Sie dieses Blatt verschlossen auf, getrennt von den Geräten, zum Beispiel im Tresor. Geben Sie den Code niemandem am Telefon und in keiner E-Mail.',
    retypeTitle: 'Haben Sie den Code?',
    retypeLead: (first: number, second: number) =>
      `Der Code ist jetzt verdeckt. Bitte geben Sie von Ihrem Blatt die Gruppen ${first} und ${second} ein.`,
    retypeWrong: (group: number) =>
      `Gruppe ${group} stimmt nicht. Bitte sehen Sie auf Ihrem Blatt noch einmal nach.`,
    showAgain: 'Blatt noch einmal zeigen',
    confirm: 'Praxis anlegen',
  },

  header: {
    menu: 'Menü',
    signOut: 'Abmelden',
    device: 'Gerät',
  },

  today: {
    title: 'Termine',
    today: 'Heute',
    tomorrow: 'Morgen',
    newAppointment: 'Neuer Termin',
    next: 'Als Nächstes',
    nextNow: 'Jetzt',
    noneNext: 'Heute steht kein Termin mehr an.',
    noneToday: 'Heute sind keine Termine.',
    emptyTitle: 'Noch keine Termine',
    empty:
      'Legen Sie den ersten Termin an. Dazu gehört ein Code, mit dem die Patientin oder der Patient ins Wartezimmer kommt. Am Tag des Termins öffnen Sie Ihr Sprechzimmer und bitten herein.',
    firstAppointment: 'Ersten Termin anlegen',
    minutes: (minutes: number) => `${minutes} Min.`,
    over: 'vorbei',
    with: (name: string) => `bei ${name}`,
    invite: 'Einladung',
    change: 'Ändern',
    inviteOf: (name: string) => `Einladung für ${name}`,
    changeOf: (name: string) => `Termin mit ${name} ändern`,
    unreadableTitle: 'Nicht lesbar',
    unreadable:
      'Dieser Termin lässt sich auf diesem Gerät nicht öffnen: Er wurde mit einem Schlüssel verschlossen, den es nicht hat, oder er ist beschädigt. Die übrigen Termine betrifft das nicht.',
    loading: 'Die Termine werden geholt.',
    stale: (time: string) => `Keine Verbindung. Sie sehen den Stand von ${time}.`,
    neverLoaded: 'Keine Verbindung. Die Termine konnten nicht geholt werden.',
    saved: (name: string) => `Der Termin mit ${name} ist gespeichert.`,
    cancelled: (name: string) => `Der Termin mit ${name} ist abgesagt. Der Code gilt nicht mehr.`,
  },

  form: {
    titleNew: 'Neuer Termin',
    titleChange: 'Termin ändern',
    save: 'Termin speichern',
    book: 'Termin anlegen',
    saving: 'Wird gespeichert …',
    newCode:
      'Sie verlegen den Termin auf einen anderen Tag. Dafür gibt es einen neuen Code; der alte gilt dann nicht mehr. Bitte laden Sie danach neu ein.',
    conflictTitle: 'Jemand hat diesen Termin inzwischen geändert',
    conflict:
      'Ihre Eingaben stehen noch hier. Sie können sie trotzdem speichern oder den neuen Stand ansehen.',
    conflictKeep: 'Meine Eingaben speichern',
    conflictLoad: 'Neuen Stand laden',
    goneTitle: 'Dieser Termin wurde inzwischen abgesagt',
    gone: 'Ihre Eingaben stehen noch hier. Sie können daraus einen neuen Termin machen.',
    goneBook: 'Als neuen Termin anlegen',
    cancelAppointment: 'Termin absagen',
    cancelTitle: (name: string, when: string) => `Termin mit ${name} am ${when} absagen?`,
    cancelText:
      'Der Code gilt dann nicht mehr. Die Patientin oder der Patient erfährt davon nicht von selbst: Bitte sagen Sie Bescheid.',
    cancelConfirm: 'Termin absagen',
    cancelKeep: 'Termin behalten',
    cancelling: 'Wird abgesagt …',
    leaveTitle: 'Eingaben verwerfen?',
    leaveText: 'Sie haben etwas eingegeben, das noch nicht gespeichert ist.',
    leaveConfirm: 'Verwerfen',
    leaveStay: 'Weiter bearbeiten',
  },
};
