import type { InvitationLanguage } from '@sprechzimmer/protocol/invitation.ts';
import type { TemplateKind } from '@sprechzimmer/protocol/invitation-settings.ts';
import type { TemplateText } from './placeholders.ts';

const german: Record<TemplateKind, TemplateText> = {
  mail: {
    subject: 'Ihre Videosprechstunde am {datum}, um {uhrzeit} Uhr',
    text: `Guten Tag {name},

Ihre Videosprechstunde bei {behandler} ist am
{datum}, um {uhrzeit} Uhr.

So kommen Sie ins Wartezimmer: Öffnen Sie an diesem Tag den Link

{link}

Oder öffnen Sie {adresse} und geben Sie diesen Code ein:

{code}

Link und Code öffnen nur an diesem Tag und nur für Sie: Bitte geben Sie sie nicht weiter.
Sie brauchen ein Gerät mit Kamera, Mikrofon und Browser. Ein Konto oder ein Programm brauchen Sie nicht.

Wenn etwas nicht klappt, rufen Sie uns an: {telefon}

Mit freundlichen Grüßen
{praxis}`,
  },
  'server-mail': {
    subject: 'Ihr Videotermin am {datum}, um {uhrzeit} Uhr',
    text: `Guten Tag,

Ihr Videotermin ist am {datum}, um {uhrzeit} Uhr.

Öffnen Sie an diesem Tag den Link:

{link}

Oder öffnen Sie {adresse} und geben Sie diesen Code ein:

{code}

Link und Code öffnen nur an diesem Tag und nur für Sie: Bitte geben Sie sie nicht weiter.
Sie brauchen ein Gerät mit Kamera, Mikrofon und Browser.

Wenn etwas nicht klappt, rufen Sie uns an: {telefon}

Mit freundlichen Grüßen
{praxis}`,
  },
  'server-mail-without-code': {
    subject: 'Ihr Videotermin am {datum}, um {uhrzeit} Uhr',
    text: `Guten Tag,

Ihr Videotermin ist am {datum}, um {uhrzeit} Uhr.

Öffnen Sie an diesem Tag diese Adresse:

{link}

Dort geben Sie Ihren Code ein. Den Code nennen wir Ihnen am Telefon.
Sie brauchen ein Gerät mit Kamera, Mikrofon und Browser.

Wenn Sie noch keinen Code haben oder etwas nicht klappt, rufen Sie uns an: {telefon}

Mit freundlichen Grüßen
{praxis}`,
  },
  sms: {
    subject: '',
    text: 'Ihr Videotermin: {datum}, {uhrzeit} Uhr. Ins Wartezimmer: {link} Fragen: {telefon}. {praxis}',
  },
  letter: {
    subject: 'Ihre Videosprechstunde am {datum}',
    text: `Guten Tag {name},

Ihre Videosprechstunde bei {behandler} ist am {datum}, um {uhrzeit} Uhr. Bitte planen Sie {dauer} ein.

So kommen Sie an diesem Tag ins Wartezimmer: Richten Sie die Kamera Ihres Telefons auf das Bild unten und öffnen Sie den Link. Oder öffnen Sie am Computer {adresse} und geben Sie den Code ein:

{code}

Bild und Code öffnen nur an diesem Tag und nur für Sie: Bitte geben Sie sie nicht weiter. Sie brauchen ein Gerät mit Kamera, Mikrofon und Browser. Ein Konto oder ein Programm brauchen Sie nicht.

Wenn etwas nicht klappt, rufen Sie uns an: {telefon}

Mit freundlichen Grüßen
{praxis}`,
  },
  moved: {
    subject: 'Ihr Videotermin ist verlegt auf {datum}, {uhrzeit} Uhr',
    text: `Guten Tag,

Ihr Videotermin ist verlegt. Er ist jetzt am
{datum}, um {uhrzeit} Uhr.

Der frühere Link und der frühere Code gelten nicht mehr. Bitte nehmen Sie an diesem Tag den neuen Link:

{link}

Oder öffnen Sie {adresse} und geben Sie diesen Code ein:

{code}

Wenn Ihnen der neue Termin nicht passt, rufen Sie uns an: {telefon}

Mit freundlichen Grüßen
{praxis}`,
  },
  cancelled: {
    subject: 'Ihr Videotermin am {datum}, {uhrzeit} Uhr, ist abgesagt',
    text: `Guten Tag,

leider müssen wir Ihren Videotermin am {datum}, um {uhrzeit} Uhr, absagen. Ihr Link und Ihr Code gelten nicht mehr.

Für einen neuen Termin rufen Sie uns an: {telefon}

Mit freundlichen Grüßen
{praxis}`,
  },
};

const english: Record<TemplateKind, TemplateText> = {
  mail: {
    subject: 'Your video consultation on {date}, at {time}',
    text: `Dear {name},

Your video consultation with {practitioner} is on
{date}, at {time}.

How to get to the waiting room: on that day, open the link

{link}

Or open {address} and type this code:

{code}

Link and code open on that day only, and for you only: please do not pass them on.
You need a device with a camera, a microphone and a browser. You need no account and no program.

If anything goes wrong, please call us: {telephone}

Kind regards
{practice}`,
  },
  'server-mail': {
    subject: 'Your video appointment on {date}, at {time}',
    text: `Hello,

Your video appointment is on {date}, at {time}.

On that day, open the link:

{link}

Or open {address} and type this code:

{code}

Link and code open on that day only, and for you only: please do not pass them on.
You need a device with a camera, a microphone and a browser.

If anything goes wrong, please call us: {telephone}

Kind regards
{practice}`,
  },
  'server-mail-without-code': {
    subject: 'Your video appointment on {date}, at {time}',
    text: `Hello,

Your video appointment is on {date}, at {time}.

On that day, open this address:

{link}

Then type your code. We tell you the code on the telephone.
You need a device with a camera, a microphone and a browser.

If you have no code yet, or if anything goes wrong, please call us: {telephone}

Kind regards
{practice}`,
  },
  sms: {
    subject: '',
    text: 'Your video appointment: {date}, {time}. To the waiting room: {link} Questions: {telephone}. {practice}',
  },
  letter: {
    subject: 'Your video consultation on {date}',
    text: `Dear {name},

Your video consultation with {practitioner} is on {date}, at {time}. Please allow {duration}.

How to get to the waiting room on that day: point the camera of your telephone at the picture below and open the link. Or open {address} on a computer and type the code:

{code}

Picture and code open on that day only, and for you only: please do not pass them on. You need a device with a camera, a microphone and a browser. You need no account and no program.

If anything goes wrong, please call us: {telephone}

Kind regards
{practice}`,
  },
  moved: {
    subject: 'Your video appointment has been moved to {date}, {time}',
    text: `Hello,

Your video appointment has been moved. It is now on
{date}, at {time}.

The earlier link and code are no longer valid. On that day, please use the new link:

{link}

Or open {address} and type this code:

{code}

If the new appointment does not suit you, please call us: {telephone}

Kind regards
{practice}`,
  },
  cancelled: {
    subject: 'Your video appointment on {date}, at {time}, is cancelled',
    text: `Hello,

We are sorry: we have to cancel your video appointment on {date}, at {time}. Your link and your code are no longer valid.

For a new appointment, please call us: {telephone}

Kind regards
{practice}`,
  },
};

/** The texts that come with the product. */
export function defaultTemplate(kind: TemplateKind, language: InvitationLanguage): TemplateText {
  return (language === 'en' ? english : german)[kind];
}
