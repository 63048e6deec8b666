let context: AudioContext | undefined;
let sounding = 0;

/** Browsers let a page sound only after a touch or key: call it from one, so that the sound is ready later. */
export function prepareSound(): void {
  context ??= new AudioContext();
  void context.resume().then(rest, () => undefined);
}

/** Two soft tones, a third apart, about a second long: "come in". Made here, so that nothing is loaded. */
export function playComeIn(): void {
  const audio = (context ??= new AudioContext());
  [523.25, 659.25].forEach((frequency, index) => {
    const start = audio.currentTime + 0.05 + index * 0.22;
    const gain = new GainNode(audio, { gain: 0 });
    gain.gain.setValueAtTime(0, start);
    gain.gain.linearRampToValueAtTime(0.16, start + 0.04);
    gain.gain.exponentialRampToValueAtTime(0.0005, start + 0.9);
    const tone = new OscillatorNode(audio, { type: 'sine', frequency });
    tone.connect(gain).connect(audio.destination);
    tone.start(start);
    tone.stop(start + 1);
    sounding += 1;
    tone.onended = () => {
      sounding -= 1;
      rest();
    };
  });
  void audio.resume().catch(() => undefined);
}

/** A context that runs keeps a thread and the loudspeaker awake, through the waiting and the whole conversation. */
function rest(): void {
  if (sounding === 0) void context?.suspend().catch(() => undefined);
}
