import { linkify } from './linkify.ts';

/** A text whose addresses are links that say where they lead. */
export function LinkedText({ text }: { text: string }) {
  return linkify(text).map((part) =>
    part.href ? (
      <a href={part.href} dir="ltr" target="_blank" rel="noopener noreferrer nofollow">
        {part.text}
      </a>
    ) : (
      part.text
    ),
  );
}
