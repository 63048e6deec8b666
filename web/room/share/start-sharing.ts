import type { LocalMedia } from '@sprechzimmer/call/local-media.ts';

/** Not in TypeScript's library yet (W3C Screen Capture, section 5.1.1); browsers leave out what they do not know. */
type Options = DisplayMediaStreamOptions & {
  video: MediaTrackConstraints & { displaySurface: string; cursor: string };
  selfBrowserSurface: 'exclude';
  surfaceSwitching: 'include';
  systemAudio: 'include' | 'exclude';
};

/** What came of asking; `cancelled` is the person's own choice and needs no word. */
export type SharingOutcome = 'shared' | 'cancelled' | 'blocked' | 'failed';

/** Lets the person choose a window, a tab or the screen, and shares it until either they or the browser end it. */
export async function startSharing(media: LocalMedia): Promise<SharingOutcome> {
  let stream: MediaStream;
  try {
    stream = await navigator.mediaDevices.getDisplayMedia(options());
  } catch (error) {
    return outcomeOf(error);
  }
  const [screen] = stream.getVideoTracks();
  if (!screen) return 'failed';
  // Text is to be read: sharp rather than smooth.
  screen.contentHint = 'text';
  screen.addEventListener('ended', () => {
    // Ended by the browser's own bar, or because the window was closed.
    if (media.tracks.screen === screen) media.setScreen(undefined);
  });
  media.setScreen(stream);
  return 'shared';
}

function options(): Options {
  const supported = navigator.mediaDevices.getSupportedConstraints() as Record<string, boolean>;
  const withoutOwnSound = supported['restrictOwnAudio'] === true;
  return {
    // A single window is the choice that shows the least.
    video: {
      displaySurface: 'window',
      cursor: 'always',
      width: { max: 2560 },
      height: { max: 1600 },
      frameRate: { ideal: 10, max: 15 },
    },
    audio: {
      echoCancellation: false,
      noiseSuppression: false,
      autoGainControl: false,
      ...(withoutOwnSound && { restrictOwnAudio: true }),
    },
    selfBrowserSurface: 'exclude',
    surfaceSwitching: 'include',
    // The whole machine's sound holds the other person's voice: only where the browser takes that out again.
    systemAudio: withoutOwnSound ? 'include' : 'exclude',
  };
}

function outcomeOf(error: unknown): SharingOutcome {
  const { name, message } = error instanceof Error ? error : { name: '', message: '' };
  if (name !== 'NotAllowedError') return name === 'AbortError' ? 'cancelled' : 'failed';
  // The same name for a person who changed their mind and for a Mac that does not let the browser.
  return /system/i.test(message) ? 'blocked' : 'cancelled';
}
