import type { ApprovalEnd } from './approval-mailbox.ts';

function minutes(count: number): string {
  return count <= 1 ? 'noch etwa eine Minute' : `noch ${count} Minuten`;
}

export const german = {
  join: {
    offerTitle: 'Ihre Praxis gibt es schon?',
    offer:
      'Dann melden Sie dieses Gerät an. Die Hauptbenutzerin oder der Hauptbenutzer Ihrer Praxis gibt es frei.',
    start: 'Dieses Gerät anmelden',
    title: 'Dieses Gerät anmelden',
    lead: 'Melden Sie sich mit Ihrem eigenen Zugang an. Danach sehen Sie einen Code, mit dem Ihre Praxis dieses Gerät freigibt.',
    deviceName: 'Name für dieses Gerät',
    deviceNameHint: 'Zum Beispiel Empfang oder Sprechzimmer 2.',
    deviceNameMissing: 'Bitte geben Sie dem Gerät einen Namen.',
    submit: 'Weiter zum Code',
    submitting: 'Einen Moment …',
    refused: 'E-Mail-Adresse oder Passwort stimmen nicht.',
    codeTitle: 'Jetzt muss Ihre Praxis zustimmen',
    codeLabel: 'Code für dieses Gerät',
    todoTitle: 'So geht es weiter',
    todo: [
      'Gehen Sie zu einem Gerät, an dem Sprechzimmer schon läuft. Dort muss die Hauptbenutzerin oder der Hauptbenutzer angemeldet sein.',
      'Dort erscheint eine Anfrage. Geben Sie dort diesen Code ein, oder lesen Sie ihn vor.',
      'Lassen Sie diese Seite offen. Es geht von selbst weiter.',
    ],
    scan: 'Läuft Sprechzimmer auf Ihrem Telefon? Dann fotografieren Sie dieses Bild damit ab.',
    qr: 'Der Code als Bild für die Kamera eines Telefons',
    validFor: (count: number) => `Der Code gilt ${minutes(count)}.`,
    waiting: 'Wir warten auf Ihre Praxis.',
    cancel: 'Abbrechen',
    end: {
      expired: 'Der Code ist abgelaufen oder wurde zu oft falsch eingegeben.',
      declined: 'Ihre Praxis hat dieses Gerät nicht freigegeben.',
      handshake:
        'Die Verbindung zu Ihrer Praxis war nicht sicher. Wir haben abgebrochen, und nichts wurde übertragen. Geht das noch einmal so aus, rufen Sie die Person an, die Sprechzimmer bei Ihnen betreut.',
      'keys-swapped': 'Die Verbindung zu Ihrer Praxis war nicht sicher. Wir haben abgebrochen.',
    } satisfies Record<ApprovalEnd, string>,
    anew: 'Neuen Code holen',
    approvedTitle: 'Dieses Gerät ist freigegeben',
    elsewhere:
      'Sie sind gerade noch an einem anderen Gerät angemeldet. Wenn Sie hier weiterarbeiten, werden Sie dort abgemeldet.',
    roomOpen:
      'Dort ist ein Sprechzimmer offen. Vielleicht läuft gerade ein Gespräch: Dann warten Sie, bis es zu Ende ist.',
    goOn: 'Hier weiterarbeiten',
    later: 'Erst später anmelden',
  },

  requests: {
    title: 'Ein neues Gerät wartet',
    text: (who: string, browser: string, since: string) =>
      `${who} möchte ein Gerät anmelden (${browser}, seit ${since}). Auf dessen Bildschirm steht ein Code.`,
    enter: 'Code eingeben',
  },

  approve: {
    title: 'Neues Gerät freigeben',
    who: 'Wer',
    browser: 'Browser',
    since: 'Angefragt',
    what: 'Was Sie freigeben: Dieses Gerät kann danach alle Termine Ihrer Praxis öffnen, sobald sich jemand dort anmeldet. Geben Sie den Code nur ein, wenn Sie das Gerät kennen und den Code selbst gesehen haben oder ihn von jemandem hören, dessen Stimme Sie kennen.',
    choose: 'Welches Gerät?',
    code: 'Code vom neuen Gerät',
    codeHint: '12 Zeichen. Groß- und Kleinschreibung ist gleich.',
    codeProblem:
      'Der Code ist nicht richtig abgeschrieben. Bitte vergleichen Sie ihn mit dem Bildschirm des neuen Geräts.',
    password: 'Zur Sicherheit: Ihr Passwort',
    passwordMissing: 'Bitte geben Sie Ihr Passwort ein.',
    passwordWrong: 'Das Passwort stimmt nicht.',
    submit: 'Gerät freigeben',
    submitting: 'Das Gerät wird freigegeben …',
    decline: 'Anfrage ablehnen',
    none: 'Gerade fragt kein Gerät an. Die Anfrage erscheint hier von selbst, sobald auf dem neuen Gerät ein Code steht.',
    wrong: (left: number) =>
      left === 1
        ? 'Dieser Code steht nicht auf dem Gerät. Sie haben noch einen Versuch.'
        : `Dieser Code steht nicht auf dem Gerät. Sie haben noch ${left} Versuche.`,
    over: 'Diese Anfrage ist zu Ende: Sie war abgelaufen, oder der Code war dreimal falsch. Bitte holen Sie auf dem neuen Gerät einen neuen Code.',
    declined: 'Das neue Gerät hat abgebrochen. Bitte fangen Sie dort noch einmal an.',
    done: (name: string) => `Das Gerät „${name}“ ist freigegeben.`,
    alarmTitle: 'Nicht freigegeben: Jemand greift ein',
    alarm:
      'Das Gerät, dessen Code Sie eingegeben haben, ist nicht das Gerät, das der Server Ihnen gezeigt hat. Wir haben abgebrochen. Kein Schlüssel hat dieses Gerät verlassen.',
    alarmNext:
      'Geben Sie keinen weiteren Code ein. Rufen Sie die Person an, die Sprechzimmer bei Ihnen betreut, und lesen Sie ihr vor, was hier steht.',
    mainOnly:
      'Geräte gibt nur die Hauptbenutzerin oder der Hauptbenutzer frei. Bitte melden Sie sich mit diesem Zugang an.',
  },

  devices: {
    title: 'Geräte',
    lead: 'An diesen Geräten lassen sich die Termine Ihrer Praxis öffnen, und nur dort.',
    mainOnly: 'Ändern kann das die Hauptbenutzerin oder der Hauptbenutzer.',
    thisDevice: 'dieses Gerät',
    nameless: 'Ohne Namen',
    seen: (when: string) => `Zuletzt benutzt: ${when}`,
    neverSeen: 'Noch nie benutzt',
    approved: (by: string, when: string) => `Freigegeben: ${when}, von ${by}`,
    formerUser: 'jemandem, der nicht mehr da ist',
    suspended: 'Pausiert',
    suspendedUntil: (when: string) => `Pausiert bis ${when}`,
    suspensionOver:
      'Die Pause ist vorbei: Hier kann man sich wieder anmelden. Um von hier aus auch Geräte und Benutzer zu verwalten, geben Sie es wieder frei.',
    add: 'Neues Gerät aufnehmen',
    addText:
      'Öffnen Sie auf dem neuen Gerät dieselbe Adresse und wählen Sie „Dieses Gerät anmelden“. Dann erscheint hier die Anfrage.',
    rename: 'Umbenennen',
    renameOf: (name: string) => `Gerät „${name}“ umbenennen`,
    name: 'Name des Geräts',
    save: 'Speichern',
    renamed: (name: string) => `Das Gerät heißt jetzt „${name}“.`,
    suspend: 'Pausieren',
    suspendOf: (name: string) => `Gerät „${name}“ pausieren`,
    suspendText:
      'Bis Sie es wieder freigeben, kann sich dort niemand anmelden, zum Beispiel in den Ferien. Wer dort angemeldet ist, wird abgemeldet.',
    until: 'Bis einschließlich',
    untilHint: 'Leer lassen, wenn Sie es selbst wieder freigeben.',
    untilPast: 'Dieser Tag ist schon vorbei.',
    suspendedDone: (name: string) => `Das Gerät „${name}“ ist pausiert.`,
    resume: 'Wieder freigeben',
    resumeOf: (name: string) => `Gerät „${name}“ wieder freigeben`,
    resumeText: 'Danach kann man sich an diesem Gerät wieder anmelden.',
    resumedDone: (name: string) => `Das Gerät „${name}“ ist wieder freigegeben.`,
    remove: 'Entfernen',
    removeOf: (name: string) => `Gerät „${name}“ entfernen`,
    removeText:
      'Das Gerät gehört dann nicht mehr zur Praxis. Alles wird mit einem neuen Schlüssel verschlossen, den es nicht hat. Was dort schon einmal offen war, kann es gesehen haben.',
    removeType: 'Schreiben Sie zur Sicherheit den Namen des Geräts',
    removeTypeWrong: (name: string) => `Das Gerät heißt „${name}“.`,
    removedDone: (name: string) => `Das Gerät „${name}“ gehört nicht mehr zur Praxis.`,
    cancel: 'Abbrechen',
  },

  renewal: {
    dueTitle: 'Der Schlüssel Ihrer Praxis ist noch der alte',
    due: 'Ein Gerät oder eine Person wurde entfernt, und das Erneuern des Schlüssels wurde unterbrochen. Mit Ihrem Passwort geht es weiter.',
    dueOther:
      'Ein Gerät oder eine Person wurde entfernt. Der Schlüssel wird erneuert, sobald sich die Hauptbenutzerin oder der Hauptbenutzer anmeldet.',
    renew: 'Schlüssel erneuern',
    runningTitle: 'Ihre Daten bekommen den neuen Schlüssel',
    running: (done: number, all: number) =>
      `${done} von ${all} sind fertig. Sie können weiterarbeiten. Wenn Sie die Seite schließen, geht es beim nächsten Anmelden weiter.`,
    stalled: 'Gerade geht es nicht voran. Wir versuchen es gleich noch einmal.',
    unreadable: (count: number) =>
      count === 1
        ? 'Ein Eintrag lässt sich auf diesem Gerät nicht öffnen. Er bleibt, wie er ist.'
        : `${count} Einträge lassen sich auf diesem Gerät nicht öffnen. Sie bleiben, wie sie sind.`,
    doneTitle: 'Alles hat den neuen Schlüssel',
    done: 'Wer entfernt wurde, kann nichts mehr öffnen, was ab jetzt geschrieben wird. Codes, die dort zu sehen waren, gelten aber noch.',
    renewCodes: 'Neue Codes für kommende Termine',
    keepCodes: 'Codes behalten',
    codesTitle: 'Neue Codes ausgeben?',
    codesRunning: (done: number, all: number) => `Neue Codes: ${done} von ${all}.`,
    codesTell: 'Diese Personen brauchen ihren neuen Code. Die alten gelten nicht mehr.',
    codesNone: 'Es gibt keine kommenden Termine mit einem Code.',
    codesFailed: (name: string) =>
      `Für ${name} gilt noch der alte Code. Bitte ändern Sie den Termin von Hand.`,
    close: 'Fertig',
  },

  recoveredNotice: {
    title: 'Ihre Praxis wurde wiederhergestellt',
    text: (when: string) =>
      `Am ${when} wurde Ihre Praxis mit dem Wiederherstellungsblatt geöffnet. Alle früheren Geräte sind seitdem draußen und müssen neu angemeldet werden. Wussten Sie das nicht, sprechen Sie sofort mit Ihrer Hauptbenutzerin oder Ihrem Hauptbenutzer.`,
    understood: 'Verstanden',
  },

  recover: {
    offer: 'Alle Geräte verloren?',
    offerHint: 'Mit Ihrem Wiederherstellungsblatt kommen Sie wieder an Ihre Daten.',
    title: 'Alle Geräte verloren?',
    lead: 'Mit dem Wiederherstellungsblatt und dem Passwort der Hauptbenutzerin oder des Hauptbenutzers wird dieser Browser zum einzigen Gerät Ihrer Praxis.',
    noSheet:
      'Ohne Gerät und ohne Blatt sind die Daten nicht zu retten, auch nicht durch den Betreiber. Er kann Ihre Praxis nur leer neu beginnen lassen.',
    code: 'Code vom Wiederherstellungsblatt',
    codeHint: '24 Zeichen in sechs Gruppen.',
    codeProblem: 'Der Code ist nicht richtig abgeschrieben. Bitte vergleichen Sie ihn mit Ihrem Blatt.',
    refused: 'Blatt, E-Mail-Adresse und Passwort passen nicht zusammen.',
    submit: 'Weiter',
    submitting: 'Das Blatt wird geprüft …',
    consequencesTitle: (practice: string) => `${practice} wiederherstellen`,
    consequences: [
      'Alle bisherigen Geräte gehören dann nicht mehr dazu. Wer dort angemeldet ist, wird abgemeldet.',
      'Alle in der Praxis erfahren davon, bei der nächsten Anmeldung und per E-Mail.',
      'Ihr Blatt gilt danach nicht mehr. Sie drucken gleich ein neues.',
      'Termine und Codes bleiben, wie sie sind.',
    ],
    deviceName: 'Name für dieses Gerät',
    toSheet: 'Weiter zum neuen Blatt',
    completing: 'Ihre Praxis wird wiederhergestellt …',
    failed: 'Noch nicht wiederhergestellt',
    confirm: 'Praxis wiederherstellen',
  },
};
