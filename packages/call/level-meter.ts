const updateEveryMs = 50;
/** Speech at arm's length reaches about this; louder is drawn as full. */
const fullScaleRms = 0.2;

/**
 * Follows how loud a stream is, as a root mean square of its samples.
 * @param onLevel 0 (silence) to 1, about twenty times a second
 * @returns stops it
 */
export function watchLevel(stream: MediaStream, onLevel: (level: number) => void): () => void {
  const context = new AudioContext();
  const analyser = new AnalyserNode(context, { fftSize: 1_024 });
  const samples = new Float32Array(analyser.fftSize);
  let source: MediaStreamAudioSourceNode | undefined;
  let track: MediaStreamTrack | undefined;

  function follow(): void {
    const [current] = stream.getAudioTracks();
    if (current === track) return;
    source?.disconnect();
    track = current;
    source = current && context.createMediaStreamSource(new MediaStream([current]));
    source?.connect(analyser);
  }

  const timer = setInterval(() => {
    follow();
    if (context.state === 'suspended') void context.resume();
    analyser.getFloatTimeDomainData(samples);
    const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
    onLevel(track ? Math.min(1, Math.sqrt(power) / fullScaleRms) : 0);
  }, updateEveryMs);

  return () => {
    clearInterval(timer);
    source?.disconnect();
    void context.close();
  };
}
