const sampleRate = 48_000;
const seconds = 6;

/**
 * Something like a voice that never pauses for long, as a WAV file. Chromium's own microphone beeps once a second and is
 * silent between, so that most of what gets lost on the way would go unnoticed.
 */
export function speechLikeSound(): Buffer {
  const samples = Buffer.alloc(sampleRate * seconds * 2);
  let phase = 0;
  for (let i = 0; i < sampleRate * seconds; i++) {
    const t = i / sampleRate;
    // The pitch rises and falls as a sentence's does, at four syllables a second.
    phase += (140 + 40 * Math.sin(2 * Math.PI * 0.5 * t)) / sampleRate;
    const syllable = 0.25 + 0.75 * Math.sin(Math.PI * 4 * t) ** 2;
    let voice = 0;
    for (let harmonic = 1; harmonic <= 20; harmonic++) {
      const nearFormant = Math.exp(-(((harmonic * 140 - 700) / 900) ** 2)) + 0.2;
      voice += (nearFormant / harmonic) * Math.sin(2 * Math.PI * harmonic * phase);
    }
    samples.writeInt16LE(Math.round(6_000 * syllable * voice), i * 2);
  }
  return Buffer.concat([wavHeader(samples.length), samples]);
}

function wavHeader(length: number): Buffer {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + length, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20); // PCM
  header.writeUInt16LE(1, 22); // one channel
  header.writeUInt32LE(sampleRate, 24);
  header.writeUInt32LE(sampleRate * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(length, 40);
  return header;
}
