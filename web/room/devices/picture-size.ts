/** What the rules for video consultations ask for at least, either way up. */
const wanted = { long: 640, short: 480 };

export type PictureSize = { width: number; height: number; isSmall: boolean };

/** How large a camera's picture is; undefined while it tells none. */
export function pictureSize(track: MediaStreamTrack | undefined): PictureSize | undefined {
  const { width, height } = track?.getSettings() ?? {};
  if (!width || !height) return undefined;
  const isSmall = Math.max(width, height) < wanted.long || Math.min(width, height) < wanted.short;
  return { width, height, isSmall };
}
