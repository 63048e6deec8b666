import type { FilteredPicture, LocalMedia } from '@sprechzimmer/call/local-media.ts';
import type { Background, BlurTrouble } from './background.ts';
import { BlurError, blurPicture } from './blur-picture.ts';
import { showTrouble } from './trouble-notice.tsx';

/** Where a page can read a camera's frames and make a picture of them. */
export const canBlur = 'MediaStreamTrackGenerator' in globalThis;

/** Counts the pictures that were wanted: only the last one says how it goes. */
let wanted = 0;

/** The camera's picture with a blurred room; `state` says how it goes, and a notice why it does not. */
export async function blur(
  camera: MediaStreamTrack,
  media: LocalMedia,
  background: Background,
): Promise<FilteredPicture> {
  const { state } = background;
  const mine = ++wanted;
  const fail = (trouble: BlurTrouble) => {
    if (mine !== wanted) return;
    state.value = trouble;
    showTrouble(trouble, media, () => void setBlurred(media, background, false));
  };
  state.value = 'preparing';
  try {
    const picture = await blurPicture(camera, fail);
    if (mine === wanted) state.value = 'blurred';
    return picture;
  } catch (error) {
    // Switched off before it was ready: it is still wanted for the next time.
    if (camera.readyState !== 'ended') fail(troubleOf(error));
    else if (mine === wanted) state.value = 'blurred';
    throw error;
  }
}

/** From now on, and the next time. Where it cannot be, the picture stays as it is. */
export async function setBlurred(media: LocalMedia, background: Background, blurred: boolean): Promise<void> {
  const { state, remember } = background;
  wanted++;
  state.value = blurred ? 'blurred' : 'plain';
  remember(blurred);
  try {
    await media.setFilter(blurred ? (camera) => blur(camera, media, background) : undefined);
  } catch {
    remember(false);
  }
}

function troubleOf(error: unknown): BlurTrouble {
  return error instanceof BlurError ? error.trouble : 'failed';
}
