import { useEffect, useRef, useState } from 'preact/hooks';
import { Volume2 } from 'lucide';
import { Button } from '@sprechzimmer/design/button.tsx';
import { speaker } from '../devices/kept-devices.ts';
import { messages } from '../messages.ts';
import { fitOf } from './fit.ts';
import { usePictureShape } from './use-picture-shape.ts';

/** What one other person shows: their camera, or their screen. */
export type Picture = {
  /** Stays the same for as long as the page, so that the picture stays on it. */
  id: string;
  /** Whose, in words. */
  label: string;
  stream: MediaStream;
  /** It fills the stage; all others are tiles. */
  large: boolean;
  /** Something is to be seen: the camera is on. */
  moving: boolean;
  /** Shown to its edges, as a screen with text. */
  whole?: boolean;
  /** Written on a tile: a name, and what its picture does not say by itself. */
  caption?: string;
  /** A tile can be made the large picture. */
  enlarge?: { label: string; onPress: () => void };
};

type PictureProps = {
  picture: Picture;
  /** In consultation. Before, the picture is on the page already, unseen, so that it is there at once. */
  shown: boolean;
};

/** Picture and sound of another person. Stays on the page for as long as the page. */
export function PictureBox({ picture, shown }: PictureProps) {
  const { label, stream, large, moving, whole = false, caption, enlarge } = picture;
  const video = useRef<HTMLVideoElement>(null);
  const [blocked, setBlocked] = useState(false);
  const [fit, setFit] = useState<'cover' | 'contain'>('contain');

  usePictureShape(video, stream, (picture, place) => setFit(fitOf(picture, place)));

  const play = () => {
    video.current?.play().then(
      () => setBlocked(false),
      // Some browsers want a touch before a page may sound, for instance after a reload.
      (error: unknown) => setBlocked(error instanceof Error && error.name === 'NotAllowedError'),
    );
  };
  useEffect(() => {
    if (!shown) return undefined;
    play();
    // A telephone call, a locked screen: some systems pause what plays, and leave it so.
    const playAgain = () => {
      if (document.visibilityState === 'visible' && video.current?.paused) play();
    };
    video.current?.addEventListener('pause', playAgain);
    document.addEventListener('visibilitychange', playAgain);
    return () => {
      video.current?.removeEventListener('pause', playAgain);
      document.removeEventListener('visibilitychange', playAgain);
    };
  }, [shown]);
  useEffect(() => speaker.subscribe((id) => sendSoundTo(video.current, id)), []);

  return (
    <section
      class={`remote-picture ${large ? '' : 'remote-picture-tile'} ${shown ? '' : 'remote-picture-unseen'}`}
      aria-label={label}
      aria-hidden={shown ? undefined : 'true'}
    >
      <video
        ref={video}
        class={`picture picture-${whole ? 'contain' : fit} ${moving ? '' : 'picture-still'}`}
        autoplay
        playsInline
      />
      {!large && caption && (
        <p class="picture-caption" dir="auto">
          {caption}
        </p>
      )}
      {!large && enlarge && (
        <button
          type="button"
          class="picture-enlarge"
          aria-label={enlarge.label}
          title={enlarge.label}
          onClick={enlarge.onPress}
        />
      )}
      {shown && blocked && (
        <Button kind="primary" size="large" icon={Volume2} class="start-sound" onClick={play}>
          {messages().consultation.startSound}
        </Button>
      )}
    </section>
  );
}

/** A speaker that was chosen another day may not be there: then it is the system's own. */
function sendSoundTo(video: HTMLVideoElement | null, speakerId: string): void {
  if (!video || !('setSinkId' in video) || video.sinkId === speakerId) return;
  video.setSinkId(speakerId).catch(() => void video.setSinkId(''));
}
