/** Makes a stream that a page already shows carry exactly these tracks. */
export function showTracks(stream: MediaStream, tracks: MediaStreamTrack[]): void {
  for (const track of stream.getTracks()) if (!tracks.includes(track)) stream.removeTrack(track);
  for (const track of tracks) stream.addTrack(track);
}
