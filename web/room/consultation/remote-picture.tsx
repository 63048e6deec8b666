import { useEffect, useRef, useState } from 'preact/hooks';
import { Volume2 } from 'lucide';
import { Button } from '@sprechzimmer/design/button.tsx';
import { messages } from '../messages.ts';
import { fitOf } from './fit.ts';

type RemotePictureProps = {
  stream: MediaStream;
  /** In consultation. Before, the picture is on the page already, unseen, so that it is there at once. */
  shown: boolean;
  /** The camera of the other side is on. */
  moving: boolean;
  label: string;
};

/** Picture and sound of the other side. Stays on the page for as long as the page. */
export function RemotePicture({ stream, shown, moving, label }: RemotePictureProps) {
  const video = useRef<HTMLVideoElement>(null);
  const [blocked, setBlocked] = useState(false);
  const [fit, setFit] = useState<'cover' | 'contain'>('contain');

  useEffect(() => {
    const element = video.current;
    if (!element) return undefined;
    element.srcObject = stream;
    const measure = () =>
      setFit(
        fitOf(
          { width: element.videoWidth, height: element.videoHeight },
          { width: element.clientWidth, height: element.clientHeight },
        ),
      );
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    element.addEventListener('resize', measure);
    return () => {
      observer.disconnect();
      element.removeEventListener('resize', measure);
    };
  }, [stream]);

  const play = () => {
    video.current?.play().then(
      () => setBlocked(false),
      // Some browsers want a touch before a page may sound, for instance after a reload.
      (error: unknown) => setBlocked(error instanceof Error && error.name === 'NotAllowedError'),
    );
  };
  useEffect(() => {
    if (shown) play();
  }, [shown]);

  return (
    <section
      class={`remote-picture ${shown ? '' : 'remote-picture-unseen'}`}
      aria-label={label}
      aria-hidden={shown ? undefined : 'true'}
    >
      <video
        ref={video}
        class={`picture picture-${fit} ${moving ? '' : 'picture-still'}`}
        autoplay
        playsInline
      />
      {shown && blocked && (
        <Button kind="primary" size="large" icon={Volume2} class="start-sound" onClick={play}>
          {messages().consultation.startSound}
        </Button>
      )}
    </section>
  );
}
