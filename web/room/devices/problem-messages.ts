import { catalogue } from '@sprechzimmer/design/i18n.ts';

/** What is said when camera or microphone cannot be used. */
const german = {
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
  blockedHow:
    'Erlauben Sie es in den Einstellungen, die Ihr Browser für diese Seite hat, und versuchen Sie es noch einmal.',
  connect: {
    camera: 'Schließen Sie eine Kamera an, wenn Sie eine haben. Es geht auch nur mit Ton.',
    microphone:
      'Schließen Sie ein Mikrofon oder ein Headset an. Sonst können Sie sich über den Chat verständigen.',
    both: 'Schließen Sie ein Headset oder eine Kamera an, oder nehmen Sie ein anderes Gerät, zum Beispiel Ihr Telefon.',
  },
  free: 'Beenden Sie andere Videogespräche und Programme, die Kamera oder Mikrofon benutzen, und versuchen Sie es noch einmal.',
  soundEnough: 'Sie können auch ohne Kamera teilnehmen: Der Ton genügt.',
};

const english = {
  without: {
    camera: 'Go on without camera',
    microphone: 'Go on without microphone',
    both: 'Go on without both',
  },
  blockedTitle: {
    camera: 'Your browser may not use the camera.',
    microphone: 'Your browser may not use the microphone.',
    both: 'Your browser may not use camera and microphone.',
  },
  missingTitle: {
    camera: 'No camera can be found on this device.',
    microphone: 'No microphone can be found on this device.',
    both: 'Neither camera nor microphone can be found on this device.',
  },
  busyTitle: {
    camera: 'Another program is using the camera.',
    microphone: 'Another program is using the microphone.',
    both: 'Another program is using camera and microphone.',
  },
  blockedHow: 'Allow it in the settings that your browser keeps for this page, and try again.',
  connect: {
    camera: 'Connect a camera if you have one. Sound alone works as well.',
    microphone: 'Connect a microphone or a headset. Otherwise you can write in the chat.',
    both: 'Connect a headset or a camera, or use another device, such as your phone.',
  },
  free: 'Close other video calls and programs that use camera or microphone, and try again.',
  soundEnough: 'You can take part without a camera: sound is enough.',
} satisfies typeof german;

export const messages = catalogue(german, english);
