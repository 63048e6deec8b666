import { useEffect, useRef } from 'preact/hooks';
import { looksAway, mirrored } from './kept-devices.ts';

type StreamVideoProps = {
  stream: MediaStream;
  label: string;
  class?: string;
  /** The own picture: without sound, and as in a mirror, unless the person likes it better as others see it. */
  own?: boolean;
};

/** A picture that plays by itself inside the page. */
export function StreamVideo({ stream, label, class: extra = '', own = false }: StreamVideoProps) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (video.current) video.current.srcObject = stream;
  }, [stream]);
  return (
    <video
      ref={video}
      class={`picture ${own && mirrored.isOn.value && !looksAway.value ? 'picture-own' : ''} ${extra}`}
      aria-label={label}
      autoplay
      playsInline
      muted={own}
      disablePictureInPicture={own}
    />
  );
}
