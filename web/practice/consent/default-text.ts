import type { InvitationLanguage } from '@sprechzimmer/protocol/invitation.ts';

/** A text to begin with. A practice has it checked and makes it its own: it is nobody's legal advice. */
export function defaultConsentText(practice: string, language: InvitationLanguage): string {
  const paragraphs = language === 'de' ? german(practice) : english(practice);
  return paragraphs.join('\n\n');
}

function german(practice: string): string[] {
  return [
    'Einwilligung in die Videosprechstunde',
    `${practice} bietet mir an, diesen Termin als Videosprechstunde wahrzunehmen.`,
    'Zweck: Die Videosprechstunde ersetzt für diesen Termin das Gespräch vor Ort. Zeigt sich, dass sie sich für mein Anliegen nicht eignet, wird sie beendet und ein anderer Termin vereinbart.',
    'Freiwillig: Die Teilnahme ist freiwillig. Wenn ich nicht einwillige, entstehen mir keine Nachteile; ich kann weiterhin in die Praxis kommen.',
    'Übertragung: Bild, Ton, Chat und Dateien sind von Gerät zu Gerät verschlüsselt und gehen möglichst auf direktem Weg. Gibt es keinen direkten Weg, reicht ein Server die verschlüsselten Daten weiter; lesen kann er sie nicht. Die beteiligten Geräte erfahren dabei gegenseitig ihre Internetadresse (IP-Adresse).',
    'Keine Aufzeichnung: Das Gespräch wird nicht aufgezeichnet, von keiner Seite. Auch Mitschnitte und Bildschirmfotos sind nicht erlaubt.',
    'Wer dabei ist: Es nehmen nur die eingeladenen Personen teil. Wer sonst im Raum ist, wird zu Beginn auf beiden Seiten vorgestellt, und alle müssen damit einverstanden sein. Ich sorge dafür, dass bei mir niemand unbemerkt mithört.',
    'Meine Daten: Verarbeitet werden mein Name, Tag und Uhrzeit des Termins, meine E-Mail-Adresse oder Telefonnummer, wenn ich sie angegeben habe, diese Einwilligung, und während der Verbindung technische Verbindungsdaten. Rechtsgrundlage ist meine Einwilligung (Artikel 6 Absatz 1 Buchstabe a und Artikel 9 Absatz 2 Buchstabe a DSGVO).',
    'Widerruf: Ich kann diese Einwilligung jederzeit ohne Angabe von Gründen für die Zukunft widerrufen, auch während des Gesprächs. Was bis dahin geschehen ist, bleibt rechtmäßig. Näheres steht in der Datenschutzerklärung der Praxis.',
    'Ich bin damit einverstanden, dass der Termin als Videosprechstunde stattfindet und meine Daten dafür wie beschrieben verarbeitet werden.',
  ];
}

function english(practice: string): string[] {
  return [
    'Consent to the video consultation',
    `${practice} offers to hold this appointment as a video consultation.`,
    'Purpose: For this appointment the video consultation takes the place of a talk at the practice. If it turns out not to suit my concern, it is ended and another appointment is made.',
    'Voluntary: Taking part is voluntary. If I do not consent I have no disadvantage; I can still come to the practice.',
    'Transmission: Picture, sound, chat and files are encrypted from device to device and travel directly where possible. Where there is no direct way, a server passes the encrypted data on; it cannot read them. The devices involved learn each other’s internet address (IP address).',
    'No recording: The talk is not recorded, by neither side. Recordings and screenshots are not allowed either.',
    'Who is there: Only those who are invited take part. Whoever else is in the room is introduced at the beginning on both sides, and everyone must agree. I make sure that nobody listens unnoticed where I am.',
    'My data: Processed are my name, day and hour of the appointment, my e-mail address or telephone number if I gave them, this consent, and technical connection data during the connection. The legal basis is my consent (Article 6(1)(a) and Article 9(2)(a) GDPR).',
    'Withdrawal: I can withdraw this consent at any time for the future without giving reasons, also during the talk. What happened until then remains lawful. More is in the practice’s privacy notice.',
    'I agree that the appointment takes place as a video consultation and that my data are processed for it as described.',
  ];
}
