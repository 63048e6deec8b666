const minutes = (count: number) => (count === 1 ? 'einer Minute' : `${count} Minuten`);

export const german = {
  common: {
    title: 'Videosprechstunde',
    tryAgain: 'Noch einmal versuchen',
    otherCode: 'Anderen Code eingeben',
    backToWaitingRoom: 'Zurück ins Wartezimmer',
    callPractice: (telephone: string) => `Praxis anrufen: ${telephone}`,
    closeWindow: 'Sie können dieses Fenster jetzt schließen.',
    practice: 'Ihre Praxis',
    appointment: (practitioner: string, day: string, time: string) =>
      `Termin bei ${practitioner}: ${day}, ${time}`,
  },
  devices: {
    camera: 'Kamera',
    microphone: 'Mikrofon',
    on: 'an',
    off: 'aus',
    blocked: 'gesperrt',
    missing: 'fehlt',
    busy: 'belegt',
    ownPicture: 'Ihr eigenes Bild',
    asking: 'Ihr Browser fragt jetzt nach Kamera und Mikrofon. Bitte wählen Sie „Zulassen“.',
    cameraIsOff: 'Ihre Kamera ist aus.',
    noPicture: 'Ihr Bild ist nicht da.',
    speak: 'Sagen Sie etwas: Der Balken bewegt sich mit Ihrer Stimme.',
    heard: 'Ihr Mikrofon hört Sie.',
    microphoneIsOff: 'Ihr Mikrofon ist aus.',
    tryAgain: 'Noch einmal versuchen',
    without: { camera: 'Ohne Kamera weiter', microphone: 'Ohne Mikrofon weiter', both: 'Ohne beides weiter' },
    blockedTitle: {
      camera: 'Ihr Browser darf die Kamera nicht benutzen.',
      microphone: 'Ihr Browser darf das Mikrofon nicht benutzen.',
      both: 'Ihr Browser darf Kamera und Mikrofon nicht benutzen.',
    },
    missingTitle: {
      camera: 'An diesem Gerät ist keine Kamera zu finden.',
      microphone: 'An diesem Gerät ist kein Mikrofon zu finden.',
      both: 'An diesem Gerät sind weder Kamera noch Mikrofon zu finden.',
    },
    busyTitle: {
      camera: 'Ein anderes Programm benutzt gerade die Kamera.',
      microphone: 'Ein anderes Programm benutzt gerade das Mikrofon.',
      both: 'Ein anderes Programm benutzt gerade Kamera und Mikrofon.',
    },
    thing: { camera: 'die Kamera', microphone: 'das Mikrofon', both: 'Kamera und Mikrofon' },
    allow: {
      chromium: (thing: string) =>
        `Tippen Sie links neben der Adresse auf das kleine Zeichen, erlauben Sie ${thing} und versuchen Sie es noch einmal.`,
      firefox: (thing: string) =>
        `Tippen Sie links neben der Adresse auf das durchgestrichene Zeichen, heben Sie die Sperre auf, und versuchen Sie es noch einmal. Dann fragt der Browser neu nach: Erlauben Sie ${thing}.`,
      safari: (thing: string) =>
        `Wählen Sie im Menü „Safari“ den Punkt „Einstellungen für diese Website“, erlauben Sie ${thing} und versuchen Sie es noch einmal.`,
      'safari-ios': (thing: string) =>
        `Tippen Sie neben der Adresse auf das Zeichen für die Seiteneinstellungen, dann auf „Website-Einstellungen“. Erlauben Sie dort ${thing} und versuchen Sie es noch einmal.`,
    },
    connect: {
      camera: 'Schließen Sie eine Kamera an, wenn Sie eine haben. Es geht auch nur mit Ton.',
      microphone:
        'Schließen Sie ein Mikrofon oder ein Headset an. Sonst können Sie sich über den Chat verständigen.',
      both: 'Schließen Sie ein Headset oder eine Kamera an, oder nehmen Sie ein anderes Gerät, zum Beispiel Ihr Telefon.',
    },
    free: 'Beenden Sie andere Videogespräche und Programme, die Kamera oder Mikrofon benutzen, und versuchen Sie es noch einmal.',
    soundEnough: 'Sie können auch ohne Kamera teilnehmen: Der Ton genügt.',
  },
  waiting: {
    joiningTitle: 'Einen Moment',
    joining: 'Wir bringen Sie ins Wartezimmer.',
    title: 'Sie sind im Wartezimmer',
    absent:
      'Die Praxis ist noch nicht da. Sie müssen nichts tun: Sobald sie da ist, geht es von allein weiter.',
    arriving: 'Die Praxis ist da. Die sichere Verbindung wird gerade aufgebaut.',
    noWay:
      'Zwischen Ihnen und der Praxis ist noch kein Weg gefunden. Wir versuchen es weiter. Vielleicht hilft ein anderes Netz, zum Beispiel Mobilfunk statt WLAN. Sonst rufen Sie bitte Ihre Praxis an.',
    present:
      'Die Praxis sieht, dass Sie da sind. Bitte bleiben Sie auf dieser Seite, Sie werden hereingebeten.',
    offline:
      'Das Wartezimmer ist gerade nicht zu erreichen. Wir versuchen es weiter, Ihr Platz bleibt Ihnen.',
    offlineSeen: 'Das Wartezimmer ist gerade nicht zu erreichen. Ihre Verbindung zur Praxis besteht weiter.',
    soundHint: 'Wenn Sie hereingebeten werden, hören Sie einen leisen Ton.',
    trySound: 'Ton probieren',
    leave: 'Wartezimmer verlassen',
  },
  consultation: {
    titleWith: (name: string) => `Videosprechstunde mit ${name}`,
    title: 'Videosprechstunde',
    picture: (name: string) => `Bild: ${name}`,
    hangUp: 'Auflegen',
    end: 'Beenden',
    interrupted: 'Die Verbindung war kurz weg. Wir verbinden Sie neu.',
    connecting: 'Bild und Ton kommen gleich.',
    remoteCameraOff: (name: string) => `${name} hat die Kamera aus.`,
    remoteMicrophoneOff: (name: string) => `${name} hat das Mikrofon aus.`,
    startSound: 'Bild und Ton einschalten',
    moveOwnPicture: 'Eigenes Bild in eine andere Ecke schieben',
    secure: { direct: 'Verschlüsselt, direkt verbunden', relayed: 'Verschlüsselt, über eine Zwischenstelle' },
    secureUnknown: 'Verschlüsselt',
    pathDirect: 'Bild und Ton gehen ohne Umweg von Gerät zu Gerät.',
    pathRelayed:
      'Bild und Ton gehen über eine Zwischenstelle, weil kein direkter Weg offen ist oder die Praxis IP-Adressen verbirgt. Die Zwischenstelle kann nichts sehen oder hören.',
    wordsTitle: 'Ihre drei Wörter',
    wordsExplanation: 'Liest Ihr Gegenüber dieselben drei Wörter vor, ist niemand dazwischen.',
  },
  chat: {
    title: 'Chat',
    open: (unread: number) => (unread === 0 ? 'Chat' : `Chat, ${unread} ungelesen`),
    close: 'Chat schließen',
    empty: 'Hier können Sie sich schreiben. Nach dem Gespräch ist nichts mehr davon da.',
    message: 'Ihre Nachricht',
    send: 'Senden',
    you: 'Sie',
    notSent: 'Nicht gesendet: Die Verbindung ist gerade weg. Ihr Text bleibt hier stehen.',
    newMessage: (name: string) => `Neue Nachricht von ${name}`,
  },
  ended: {
    title: 'Die Videosprechstunde ist beendet',
    byHost: 'Die Praxis hat das Gespräch beendet.',
    byParticipant: 'Sie haben aufgelegt.',
    devicesOff: 'Kamera und Mikrofon sind aus.',
    mistake: 'War das ein Versehen? Heute kommen Sie hier wieder ins Wartezimmer.',
  },
  left: {
    title: 'Sie haben das Wartezimmer verlassen',
    text: 'Kamera und Mikrofon sind aus. Solange Ihr Termin heute noch bevorsteht, können Sie zurückkommen.',
  },
  replaced: {
    title: 'Die Videosprechstunde ist in einem anderen Fenster offen',
    text: 'Bitte machen Sie dort weiter. Dieses Fenster können Sie schließen.',
    here: 'Lieber hier weitermachen',
  },
  refused: {
    notTodayTitle: 'Ihr Termin ist nicht heute',
    notTodayFuture: (day: string, time: string) =>
      `Ihr Termin ist am ${day}, um ${time}. Dieser Code öffnet an diesem Tag.`,
    notTodayPast: (day: string, time: string) =>
      `Ihr Termin war am ${day}, um ${time}. Dieser Code galt nur an diesem Tag.`,
    notTodayFutureDay: (day: string) => `Ihr Termin ist am ${day}. Dieser Code öffnet an diesem Tag.`,
    notTodayPastDay: (day: string) => `Ihr Termin war am ${day}. Dieser Code galt nur an diesem Tag.`,
    notTodayUnknown: 'Dieser Code öffnet nur am Tag Ihres Termins.',
    newAppointment: 'Für einen neuen Termin rufen Sie bitte Ihre Praxis an.',
    unknownTitle: 'Dieser Code gilt nicht',
    unknown:
      'Vielleicht wurde Ihr Termin verlegt oder abgesagt. Nach einer Verlegung gilt der Code aus der neuen Einladung.',
    occupiedTitle: 'Mit diesem Code ist schon jemand da',
    occupied:
      'Sind Sie das selbst, an einem anderen Gerät oder in einem anderen Browser? Dann schließen Sie es dort und versuchen es hier noch einmal.',
    occupiedOther: 'Wenn nicht, rufen Sie bitte Ihre Praxis an.',
    attemptsTitle: 'Zu viele Versuche',
    attempts: (wait: string) =>
      `Von Ihrem Anschluss kamen zu viele ungültige Codes. Bitte warten Sie noch ${wait}.`,
    attemptsOver: 'Sie können es jetzt noch einmal versuchen.',
    waitMinutes: (count: number) => (count === 1 ? 'eine Minute' : `${count} Minuten`),
    fullTitle: 'Gerade ist kein Platz frei',
    full: 'Im Augenblick sind sehr viele Menschen gleichzeitig da. Bitte versuchen Sie es in einer Minute noch einmal.',
    orCall: 'Oder rufen Sie Ihre Praxis an.',
  },
  insecure: {
    title: 'Verbindung nicht sicher – abgebrochen',
    text: 'Jemand oder etwas hat die Verbindung verändert. Damit niemand mithört, wurde sie beendet. Es wurden weder Bild noch Ton übertragen, seit das bemerkt wurde.',
    nextParticipant: 'Bitte rufen Sie Ihre Praxis an und sagen Sie, was hier steht.',
    nextHost: (name: string) =>
      `Betroffen ist ${name}. Rufen Sie die Person an, und geben Sie ihr einen neuen Code. Bleibt es dabei, sprechen Sie mit der Stelle, die Ihr Sprechzimmer betreibt.`,
    dismiss: 'Verstanden, zurück zum Sprechzimmer',
    kind: (reason: string) => `Für die Technik: ${reason}`,
  },
  unsupported: {
    title: 'Mit diesem Browser geht es nicht',
    'camera-access':
      'Diese Seite ist in einem Programm geöffnet, das keine Videogespräche zulässt, zum Beispiel in einem Mailprogramm. Öffnen Sie sie in Safari, Chrome, Firefox oder Edge.',
    connections:
      'In diesem Browser sind Videogespräche abgeschaltet. Bitte nehmen Sie einen anderen: Chrome, Edge, Firefox oder Safari.',
    cryptography:
      'Dieser Browser kann die Verschlüsselung nicht, die wir brauchen. Bitte nehmen Sie einen neueren: Chrome, Edge, Firefox oder Safari.',
    'insecure-address':
      'Diese Adresse ist nicht gesichert. Öffnen Sie bitte den Link aus Ihrer Einladung: Er beginnt mit „https“.',
    copyLink: 'Link kopieren',
    copied: 'Kopiert. Fügen Sie den Link jetzt in die Adresszeile des anderen Browsers ein.',
    copyFailed: 'Das Kopieren hat nicht geklappt. Geben Sie im anderen Browser diesen Code ein:',
    yourCode: 'Ihr Code für den anderen Browser:',
    orCall: 'Oder rufen Sie Ihre Praxis an.',
  },
  host: {
    title: 'Sprechzimmer',
    tabTitle: (waiting: number) => (waiting === 0 ? 'Sprechzimmer' : `(${waiting}) Sprechzimmer`),
    fromPractice: 'Bitte öffnen Sie das Sprechzimmer aus der Praxis-App',
    fromPracticeText: 'Dort finden Sie den Knopf „Sprechzimmer öffnen“. Dieses Fenster können Sie schließen.',
    opening: 'Das Sprechzimmer wird geöffnet.',
    noAnswer:
      'Die Praxis-App antwortet noch nicht. Ist sie geschlossen oder sind Sie dort abgemeldet? Sobald Sie angemeldet sind, geht es hier weiter.',
    refusedTitle: 'Das Sprechzimmer ist für heute geschlossen',
    refused: 'Öffnen Sie es bitte noch einmal aus der Praxis-App.',
    fullTitle: 'Gerade ist kein Platz frei',
    full: 'Der Server ist ausgelastet. Bitte versuchen Sie es in einer Minute noch einmal.',
    attempts: 'Von Ihrem Anschluss kamen zu viele Versuche. Bitte warten Sie einige Minuten.',
    replacedTitle: 'Das Sprechzimmer ist in einem anderen Fenster offen',
    replaced: 'Dieses Fenster können Sie schließen.',
    offline:
      'Der Server ist gerade nicht zu erreichen. Wir versuchen es weiter. Wer schon verbunden ist, bleibt es.',
    nobody: 'Im Moment wartet niemand',
    lockedTitle: 'Gesperrt',
    locked: 'Entsperren Sie Sprechzimmer in Ihrem anderen Fenster. Dann sehen Sie wieder, wer wartet.',
    nobodyText: 'Sobald jemand kommt, sehen Sie es hier.',
    nobodyExpected: 'Für heute ist niemand mehr eingetragen.',
    waitsSince: (name: string, count: number) =>
      count < 1 ? `${name} ist gerade gekommen` : `${name} wartet seit ${minutes(count)}`,
    since: (count: number) => (count < 1 ? 'gerade gekommen' : `wartet seit ${minutes(count)}`),
    appointmentAt: (time: string) => `Termin um ${time}`,
    expectedAs: (name: string) => `Eingetragen als ${name}`,
    callIn: 'Hereinbitten',
    connecting: 'Wird verbunden …',
    alsoWaiting: (count: number) =>
      count === 1 ? 'Außerdem wartet eine Person' : `Außerdem warten ${count}`,
    stillExpected: (count: number) => `Heute noch erwartet: ${count}`,
    waitingCount: (count: number) => (count === 1 ? '1 wartet' : `${count} warten`),
    secondBrowser: 'Ein zweites Gerät hat es mit demselben Code versucht. Es wurde nicht eingelassen.',
    linkInsecure: 'Abgebrochen: Verbindung nicht sicher',
    hungUp: (name: string) => `${name} hat aufgelegt.`,
    youEnded: (name: string) => `Das Gespräch mit ${name} ist beendet.`,
    arrived: (name: string) => `${name} wartet.`,
    keys: 'Tasten',
    keysOn: 'Tasten benutzen: N bittet die nächste Person herein, M schaltet das Mikrofon, V die Kamera.',
  },
};
