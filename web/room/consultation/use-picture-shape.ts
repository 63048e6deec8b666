import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Size } from './fit.ts';

/** Plays a stream in a video, and tells whenever the picture or its place has another shape. */
export function usePictureShape(
  video: RefObject<HTMLVideoElement | null>,
  stream: MediaStream,
  onShape: (picture: Size, place: Size) => void,
): void {
  useEffect(() => {
    const element = video.current;
    if (!element) return undefined;
    element.srcObject = stream;
    const measure = () =>
      onShape(
        { width: element.videoWidth, height: element.videoHeight },
        { width: element.clientWidth, height: element.clientHeight },
      );
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    element.addEventListener('resize', measure);
    return () => {
      observer.disconnect();
      element.removeEventListener('resize', measure);
    };
  }, [stream]);
}
