/** What is said about users, their sign-in and their safety. */
export const germanUsers = {
  signIn: {
    title: 'Anmelden',
    device: 'Dieses Gerät',
    email: 'E-Mail-Adresse',
    password: 'Passwort',
    submit: 'Anmelden',
    submitting: 'Sie werden angemeldet …',
    emailMissing: 'Bitte geben Sie Ihre E-Mail-Adresse an.',
    passwordMissing: 'Bitte geben Sie Ihr Passwort ein.',
    ended:
      'Sie sind abgemeldet: Die Zeit ist um, oder Sie haben sich an einem anderen Gerät angemeldet. Was Sie gerade eingegeben haben, steht nach der Anmeldung noch da.',
    left: 'Sie sind abgemeldet.',
    unfinishedTitle: 'Wurde die Praxis angelegt?',
    unfinished:
      'Beim Anlegen ging die Verbindung verloren. Versuchen Sie zuerst, sich anzumelden: Dann ist alles da, und Ihr Blatt gilt. Klappt das nicht, legen Sie die Praxis neu an und werfen das alte Blatt weg.',
    registerAgain: 'Praxis neu anlegen',
  },

  confirm: {
    password: 'Zur Sicherheit: Ihr Passwort',
    missing: 'Bitte geben Sie Ihr Passwort ein.',
    wrong: 'Das Passwort stimmt nicht. Bitte versuchen Sie es noch einmal.',
    busy: 'Einen Moment …',
    saved: 'Gespeichert.',
    save: 'Speichern',
  },

  menu: {
    appointments: 'Termine',
    own: 'Meine Angaben',
    password: 'Passwort ändern',
    secondFactor: 'Anmeldung absichern',
    users: 'Benutzer',
    devices: 'Geräte',
    settings: 'Einstellungen',
    events: 'Sicherheitsprotokoll',
    lock: 'Bildschirm sperren',
    lockKey: (mac: boolean): string => (mac ? '⌥ ⇧ L' : 'Alt + Umschalt + L'),
  },

  own: {
    title: 'Meine Angaben',
    name: 'Ihr Name',
    nameMissing: 'Bitte geben Sie einen Namen an.',
    telephone: 'Telefon',
    email: 'E-Mail-Adresse',
    emailHint: 'Damit melden Sie sich an. Zum Ändern brauchen Sie Ihr Passwort.',
    emailWrong: 'Das ist keine vollständige E-Mail-Adresse. Sie sieht so aus: name@praxis.de',
    emailChanged: 'Ab jetzt melden Sie sich mit dieser Adresse an.',
    changeEmail: 'Adresse ändern',
    picture: 'Ihr Bild',
    pictureHint:
      'Nur Ihre Praxis sieht das Bild, verschlüsselt. Angaben der Kamera, zum Beispiel der Ort, werden entfernt.',
    choosePicture: 'Bild wählen',
    removePicture: 'Bild entfernen',
    zoom: 'Ausschnitt',
    usePicture: 'Bild übernehmen',
    pictureBroken: 'Dieses Bild kann der Browser nicht öffnen. Bitte wählen Sie eines als JPEG oder PNG.',
    preview: 'So sieht das Bild aus',
  },

  password: {
    title: 'Passwort ändern',
    lead: 'Danach sind Sie an anderen Geräten abgemeldet.',
    current: 'Bisheriges Passwort',
    next: 'Neues Passwort',
    hint: 'Mindestens 10 Zeichen. Vier zufällige Wörter sind gut und leicht zu merken.',
    tooShort: 'Bitte nehmen Sie mindestens 10 Zeichen.',
    show: 'Passwort zeigen',
    submit: 'Passwort ändern',
    changed: 'Ihr Passwort ist geändert.',
  },

  users: {
    title: 'Benutzer',
    lead: 'Alle, die sich in Ihrer Praxis anmelden können.',
    readOnly: (main: string) => `Ändern kann das nur ${main}.`,
    add: 'Benutzer hinzufügen',
    you: 'Sie',
    role: { practitioner: 'Behandelt', assistant: 'Assistenz' },
    roleLabel: 'Aufgabe',
    roleHint: 'Assistenz darf alles vorbereiten, aber kein Sprechzimmer öffnen.',
    main: 'Hauptverantwortung',
    state: {
      invited: 'Noch nicht aktiviert',
      active: 'Aktiv',
      deactivated: 'Abgeschaltet',
    },
    edit: (name: string) => `${name} bearbeiten`,
    editShort: 'Bearbeiten',
    name: 'Name',
    nameHint: 'So wird die Person Patienten angekündigt.',
    addTitle: 'Benutzer hinzufügen',
    addLead:
      'Sie bekommen einen Aktivierungscode zum Ausdrucken. Damit wählt die Person an einem freigegebenen Gerät ein eigenes Passwort, das auch Sie nicht erfahren.',
    addSubmit: 'Code erstellen',
    planTitle: 'Ihr Tarif ist für eine Person',
    plan: 'Für weitere Benutzer braucht Ihre Praxis den Tarif plus. Fragen Sie ihn an; wer Sprechzimmer bei Ihnen betreibt, meldet sich.',
    requestPlus: 'Plan plus anfragen',
    plusRequested: 'Plan plus ist angefragt. Sobald er gilt, können Sie hier Benutzer hinzufügen.',
    changesTitle: 'Angaben',
    changeRole: 'Aufgabe ändern',
    newCode: 'Neuer Aktivierungscode',
    newCodeLead: (name: string) =>
      `Wenn ${name} das Passwort vergessen hat: Das bisherige gilt dann nicht mehr, und wer angemeldet ist, wird abgemeldet.`,
    deactivate: 'Abschalten',
    deactivateLead: (name: string) =>
      `${name} kann sich dann nicht mehr anmelden, bis Sie es wieder erlauben. Die Termine bleiben.`,
    reactivate: 'Wieder einschalten',
    reactivateLead: (name: string) => `${name} kann sich dann wieder mit dem bisherigen Passwort anmelden.`,
    remove: 'Benutzer löschen',
    removeLead: (name: string) =>
      `${name} kann sich dann nie wieder anmelden. Die Termine bleiben in der Praxis. Danach bekommt Ihre Praxis einen neuen Schlüssel.`,
    successor: 'Wer übernimmt die Termine?',
    typeName: (name: string) => `Zur Bestätigung: Geben Sie „${name}“ ein`,
    typeNameWrong: 'Das ist nicht der Name.',
    offerMain: 'Hauptverantwortung übergeben',
    offerMainLead: (name: string) =>
      `${name} muss zustimmen. Danach verwaltet ${name} Benutzer und Geräte, Sie nicht mehr.`,
    offered: (name: string) => `${name} ist gefragt und muss noch zustimmen.`,
    offerTitle: (name: string) => `${name} möchte Ihnen die Hauptverantwortung übergeben`,
    offerText:
      'Dann verwalten Sie Benutzer und Geräte Ihrer Praxis. Wer sie bisher hatte, kann sich weiter anmelden.',
    offerAccept: 'Ja, ich übernehme',
    accepted: 'Sie haben jetzt die Hauptverantwortung.',
    done: (name: string) => `${name}: erledigt.`,
    removed: (name: string) => `${name} ist gelöscht.`,
  },

  activationSheet: {
    title: (name: string) => `Aktivierungscode für ${name}`,
    lead: 'Drucken Sie das Blatt und geben Sie es der Person selbst. Der Code wird nur dieses eine Mal gezeigt.',
    code: 'Aktivierungscode',
    print: 'Drucken',
    done: 'Ich habe das Blatt',
    paperTitle: 'Ihr Zugang zu Sprechzimmer',
    paperName: 'Für',
    paperPractice: 'Praxis',
    paperAddress: 'Adresse',
    paperSteps: [
      'Öffnen Sie die Adresse an einem Gerät Ihrer Praxis, das schon freigegeben ist.',
      'Wählen Sie „Ich habe einen Aktivierungscode“ und geben Sie den Code ein.',
      'Denken Sie sich ein Passwort aus. Niemand sonst erfährt es.',
    ],
    paperKeep: 'Werfen Sie das Blatt danach weg: Der Code gilt nur einmal.',
  },

  activate: {
    link: 'Ich habe einen Aktivierungscode',
    title: 'Zugang aktivieren',
    lead: 'Der Code steht auf dem Blatt, das Sie in Ihrer Praxis bekommen haben.',
    code: 'Aktivierungscode',
    codeHint: '12 Zeichen, zum Beispiel K7QF-93MD-XW2P',
    codeIncomplete: 'Es fehlen noch Zeichen. Der Code hat 12.',
    codeMistyped: 'Ein Zeichen stimmt nicht. Bitte vergleichen Sie den Code mit dem Blatt.',
    password: 'Ihr neues Passwort',
    submit: 'Aktivieren',
    busy: 'Ihr Zugang wird eingerichtet …',
    refused: 'Dieser Code gilt nicht oder nicht mehr. Bitte lassen Sie sich einen neuen geben.',
    toSignIn: 'Zur Anmeldung',
    unfinishedTitle: 'Ihr Zugang ist noch nicht ganz fertig',
    unfinished:
      'Beim Aktivieren ging die Verbindung verloren. Termine können Sie schon bearbeiten. Bitte lassen Sie sich einen neuen Aktivierungscode geben.',
  },

  elsewhere: {
    title: 'Sie sind noch angemeldet',
    at: (device: string, since: string) => `An „${device}“ seit ${since}.`,
    atOther: (since: string) => `An einem anderen Gerät seit ${since}.`,
    text: 'Wenn Sie hier weitermachen, werden Sie dort abgemeldet.',
    roomTitle: 'Dort ist ein Sprechzimmer offen',
    room: 'Vielleicht läuft dort gerade ein Gespräch. Es bricht nicht ab, aber dort kann niemand mehr Termine sehen. Gehen Sie am besten zuerst an jenes Gerät.',
    takeOver: 'Hier weitermachen',
    takeOverAnyway: 'Trotzdem hier weitermachen',
    stay: 'Dort angemeldet bleiben',
  },
  suspended: (until: string | undefined) =>
    until
      ? `Dieses Gerät ist bis ${until} gesperrt. Wer die Hauptverantwortung hat, kann es früher freigeben.`
      : 'Dieses Gerät ist vorübergehend gesperrt. Wer die Hauptverantwortung hat, kann es wieder freigeben.',

  factor: {
    title: 'Zweite Bestätigung',
    totp: 'Code aus Ihrer App',
    totpHint: 'Sechs Ziffern, die sich alle 30 Sekunden ändern.',
    passkey: 'Mit Passkey bestätigen',
    recoveryCode: 'Ersatzcode',
    recoveryHint: 'Einer der Codes, die Sie beim Einrichten bekommen haben.',
    useRecovery: 'Ich habe weder App noch Passkey',
    useTotp: 'Doch mit der App',
    wrong: 'Das stimmt nicht oder ist abgelaufen. Bitte versuchen Sie es noch einmal.',
    submit: 'Bestätigen',
    passkeyFailed: 'Der Passkey wurde nicht angenommen. Bitte versuchen Sie es noch einmal.',
  },

  locked: {
    title: 'Gesperrt',
    lead: 'Termine und Namen sind nicht mehr auf diesem Bildschirm. Ein offenes Sprechzimmer läuft weiter.',
    password: 'Ihr Passwort',
    submit: 'Entsperren',
    busy: 'Wird entsperrt …',
    wrong: (left: number) =>
      left === 1
        ? 'Das Passwort stimmt nicht. Ein Versuch bleibt, danach werden Sie abgemeldet.'
        : `Das Passwort stimmt nicht. Es bleiben ${left} Versuche, danach werden Sie abgemeldet.`,
    out: 'Das Passwort war fünfmal falsch. Zur Sicherheit sind Sie abgemeldet.',
    other: 'Als jemand anderes anmelden',
  },
};
