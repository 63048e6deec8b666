import type { FilteredPicture, LocalMedia } from '@sprechzimmer/call/local-media.ts';
import type { Background, BlurTrouble } from './background.ts';
import { BlurError, blurPicture } from './blur-picture.ts';

/** The camera's picture with a blurred room; `state` says how it goes. */
export async function blur(camera: MediaStreamTrack, state: Background['state']): Promise<FilteredPicture> {
  state.value = 'preparing';
  try {
    const picture = await blurPicture(camera, (trouble) => (state.value = trouble));
    state.value = 'blurred';
    return picture;
  } catch (error) {
    // Switched off before it was ready: it is still wanted for the next time.
    state.value = camera.readyState === 'ended' ? 'blurred' : troubleOf(error);
    throw error;
  }
}

/** From now on, and the next time. Where it cannot be, the picture stays as it is and `state` says why. */
export async function setBlurred(
  media: LocalMedia,
  { state, remember }: Background,
  blurred: boolean,
): Promise<void> {
  try {
    await media.setFilter(blurred ? (camera) => blur(camera, state) : undefined);
    if (!blurred || media.readiness.camera !== 'on') state.value = blurred ? 'blurred' : 'plain';
    remember(blurred);
  } catch {
    remember(false);
  }
}

function troubleOf(error: unknown): BlurTrouble {
  return error instanceof BlurError ? error.trouble : 'failed';
}
