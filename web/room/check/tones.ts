import { speaker } from '../devices/kept-devices.ts';

const frequencies = [523.25, 659.25, 783.99];
const toneSeconds = 0.7;

/** Three rising tones out of the chosen loudspeaker; made here, so that nothing is loaded. */
export async function playTones(): Promise<void> {
  const audio = new AudioContext();
  const element = new Audio();
  try {
    await audio.resume();
    const id = speaker.value;
    let target: AudioNode = audio.destination;
    if (id !== '' && 'setSinkId' in element) {
      const through = new MediaStreamAudioDestinationNode(audio);
      element.srcObject = through.stream;
      await element.setSinkId(id);
      await element.play();
      target = through;
    }
    frequencies.forEach((frequency, index) => sound(audio, target, frequency, index * toneSeconds));
    await new Promise((resolve) => setTimeout(resolve, (frequencies.length + 0.5) * toneSeconds * 1_000));
  } finally {
    element.pause();
    await audio.close();
  }
}

function sound(audio: AudioContext, target: AudioNode, frequency: number, after: number): void {
  const start = audio.currentTime + 0.1 + after;
  const gain = new GainNode(audio, { gain: 0 });
  gain.gain.setValueAtTime(0, start);
  gain.gain.linearRampToValueAtTime(0.3, start + 0.05);
  gain.gain.exponentialRampToValueAtTime(0.001, start + toneSeconds);
  const tone = new OscillatorNode(audio, { type: 'sine', frequency });
  tone.connect(gain).connect(target);
  tone.start(start);
  tone.stop(start + toneSeconds);
}
