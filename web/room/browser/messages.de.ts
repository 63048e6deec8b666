export const german = {
  names: {
    chrome: 'Chrome',
    edge: 'Edge',
    samsung: 'Samsung Internet',
    opera: 'Opera',
    firefox: 'Firefox',
    safari: 'Safari',
  },
  title: 'Mit diesem Browser geht es nicht',
  lack: {
    inside: (program: string) =>
      program
        ? `Diese Seite ist in ${program} geöffnet. Dort sind keine Videogespräche möglich. Öffnen Sie sie in Ihrem Browser:`
        : 'Diese Seite ist in einem Programm geöffnet, das keine Videogespräche zulässt, zum Beispiel in einem Mailprogramm. Öffnen Sie sie in Ihrem Browser:',
    'too-old': (name: string) => `${name} ist zu alt für Videogespräche.`,
    connections:
      'In diesem Browser sind Videogespräche abgeschaltet. Bitte nehmen Sie einen anderen: Chrome, Edge, Firefox oder Safari.',
    cryptography:
      'Dieser Browser kann die Verschlüsselung nicht, die wir brauchen. Bitte nehmen Sie einen neueren: Chrome, Edge, Firefox oder Safari.',
    'camera-access':
      'Dieser Browser gibt Kamera und Mikrofon nicht her. Bitte nehmen Sie einen anderen: Chrome, Edge, Firefox oder Safari.',
    'insecure-address':
      'Diese Adresse ist nicht gesichert. Öffnen Sie bitte den Link aus Ihrer Einladung: Er beginnt mit „https“.',
  },
  update: {
    ios: 'Öffnen Sie die App „Einstellungen“, dann „Allgemein“ und „Softwareupdate“. Safari wird damit aktualisiert.',
    macos:
      'Öffnen Sie die Systemeinstellungen, dann „Allgemein“ und „Softwareupdate“. Oder nehmen Sie ein aktuelles Firefox oder Chrome.',
    android: 'Öffnen Sie den Play Store, suchen Sie nach „Chrome“ und tippen Sie auf „Aktualisieren“.',
    windows:
      'Öffnen Sie im Browser das Menü oben rechts, dann „Hilfe“ und „Über“: Dort aktualisiert er sich.',
    other: 'Aktualisieren Sie den Browser, oder nehmen Sie die neueste Version von Firefox oder Chrome.',
  },
  otherDevice: 'Geht das nicht, nehmen Sie ein neueres Gerät, zum Beispiel ein anderes Telefon.',
  copyLink: 'Link kopieren',
  copied: 'Kopiert. Fügen Sie den Link jetzt in die Adresszeile des anderen Browsers ein.',
  copyFailed: 'Das Kopieren hat nicht geklappt. Geben Sie im anderen Browser diesen Code ein:',
  yourCode: 'Ihr Code für den anderen Browser:',
  orCall: 'Oder rufen Sie Ihre Praxis an.',
  /** Out of a program's own window into the browser. */
  leave: {
    ios: [
      'Tippen Sie am Rand auf den Kompass oder auf die drei Punkte.',
      'Wählen Sie „In Safari öffnen“ oder „Im Browser öffnen“.',
    ],
    android: [
      'Tippen Sie oben rechts auf die drei Punkte.',
      'Wählen Sie „In Chrome öffnen“ oder „Im Browser öffnen“.',
    ],
    other: [
      'Kopieren Sie den Link.',
      'Öffnen Sie Chrome, Edge, Firefox oder Safari und fügen Sie ihn in die Adresszeile ein.',
    ],
  },
  leaveItem: { ios: 'In Safari öffnen', android: 'In Chrome öffnen', other: 'Einfügen' },
  orCopy: 'Finden Sie das nicht? Dann kopieren Sie den Link und fügen ihn im Browser ein.',
  insideHint: (program: string) =>
    `Diese Seite ist in ${program || 'einem anderen Programm'} geöffnet. Es geht auch hier. Reißt die Verbindung ab, öffnen Sie sie besser in Ihrem Browser.`,
  showHow: 'So geht es',
  devices: { camera: 'Kamera', microphone: 'Mikrofon' },
  thing: { camera: 'die Kamera', microphone: 'das Mikrofon', both: 'Kamera und Mikrofon' },
  allow: 'Erlauben',
  steps: {
    chromium: (thing: string) => [
      'Klicken Sie links neben der Adresse auf das Zeichen mit den zwei Reglern oder dem Schloss.',
      `Schalten Sie ${thing} ein. Danach geht es hier von allein weiter.`,
    ],
    chromiumAndroid: (thing: string) => [
      'Tippen Sie links neben der Adresse auf das Zeichen mit den zwei Reglern oder dem Schloss.',
      'Tippen Sie auf „Berechtigungen“.',
      `Schalten Sie ${thing} ein. Danach geht es hier von allein weiter.`,
    ],
    firefox: (thing: string) => [
      'Klicken Sie links neben der Adresse auf das durchgestrichene Zeichen.',
      'Entfernen Sie die Sperre mit dem kleinen Kreuz.',
      `Wählen Sie hier „Noch einmal versuchen“ und erlauben Sie ${thing}.`,
    ],
    firefoxAndroid: (thing: string) => [
      'Tippen Sie links neben der Adresse auf das Schloss.',
      `Tippen Sie bei „Blockiert“, bis dort „Erlaubt“ steht: ${thing}.`,
    ],
    safariMac: (thing: string) => [
      'Öffnen Sie oben am Bildschirm das Menü „Safari“ und darin „Einstellungen für“ diese Website.',
      `Wählen Sie „Erlauben“ für ${thing}.`,
    ],
    safariIos: (thing: string) => [
      'Tippen Sie neben der Adresse auf das Zeichen für die Seiteneinstellungen.',
      'Tippen Sie auf „Website-Einstellungen“. Vielleicht liegt es hinter den drei Punkten.',
      `Wählen Sie „Erlauben“ für ${thing}.`,
    ],
  },
  pageSettings: 'Website-Einstellungen',
  permissions: 'Berechtigungen',
  blocked: 'Blockiert',
  settingsFor: 'Einstellungen für diese Website …',
  systemTitle: {
    windows: 'Immer noch nicht? Vielleicht sperrt Windows den Zugriff.',
    macos: 'Immer noch nicht? Vielleicht sperrt der Mac den Zugriff.',
    android: 'Immer noch nicht? Vielleicht sperrt das Telefon den Zugriff.',
    ios: 'Immer noch nicht? Vielleicht sperrt das Telefon den Zugriff.',
  },
  systemFirst: 'Der Browser hat die Erlaubnis, aber das Gerät selbst sperrt den Zugriff.',
  system: {
    windows: (thing: string) => [
      'Öffnen Sie über das Startmenü die „Einstellungen“, dann „Datenschutz und Sicherheit“.',
      `Öffnen Sie dort ${thing}, und schalten Sie den Zugriff ein, auch für Desktop-Apps.`,
    ],
    macos: (thing: string, browser: string) => [
      'Öffnen Sie im Apfel-Menü die „Systemeinstellungen“, dann „Datenschutz & Sicherheit“.',
      `Öffnen Sie dort ${thing}, und schalten Sie ${browser} ein. Starten Sie ${browser} danach neu.`,
    ],
    android: (thing: string, browser: string) => [
      `Öffnen Sie die „Einstellungen“ des Telefons, dann „Apps“ und „${browser}“.`,
      `Tippen Sie auf „Berechtigungen“, und lassen Sie ${thing} zu.`,
    ],
    ios: (thing: string, browser: string) => [
      `Öffnen Sie die App „Einstellungen“, dann „Apps“ und „${browser}“.`,
      `Erlauben Sie dort ${thing}.`,
    ],
  },
  privacy: { windows: 'Datenschutz und Sicherheit', macos: 'Datenschutz & Sicherheit' },
};
