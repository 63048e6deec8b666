import { useEffect, useRef } from 'preact/hooks';

type StreamVideoProps = {
  stream: MediaStream;
  label: string;
  class?: string;
  /** The own picture: without sound, and as in a mirror. */
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
      class={`picture ${own ? 'picture-own' : ''} ${extra}`}
      aria-label={label}
      autoplay
      playsInline
      muted={own}
      disablePictureInPicture={own}
    />
  );
}
