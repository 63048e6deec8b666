import { signal } from '@preact/signals';
import type { RemoteMedia } from '@sprechzimmer/call/participant-state.ts';
import type { ParticipantRole } from '@sprechzimmer/protocol/participant-role.ts';
import type { Picture } from '../consultation/picture.tsx';
import { messages } from '../messages.ts';
import { messages as ownMessages } from './messages.ts';

/** Another person in the consultation, as the pages show them. */
export type Person = {
  id: string;
  /** Isolated, so that it turns no sentence. */
  name: string;
  role: ParticipantRole | 'practice';
  link: 'connecting' | 'connected' | 'interrupted';
  remote: RemoteMedia;
  stream: MediaStream;
  screen: MediaStream;
  /** At the host's end. */
  words?: readonly string[] | undefined;
};

export const firstPicture = 'first';

/** Whose picture somebody wants large, such as the interpreter's hands; undefined: the first one's. */
export const pinned = signal<string>();

/** Whose picture is the large one. */
export function largeOf(people: readonly Person[], pin: string | undefined): Person | undefined {
  return people.find(({ id }) => id === pin) ?? people[0];
}

/** The pictures of all others: one large, the rest as tiles that can be made the large one. */
export function picturesOf(people: readonly Person[], pin: string | undefined): Picture[] {
  const large = largeOf(people, pin);
  return people.map((person, index) => ({
    // The first one's place is on the page before anybody is in it.
    id: index === 0 ? firstPicture : person.id,
    label: messages().consultation.picture(person.name),
    stream: person.stream,
    large: person === large,
    moving: person.remote.camera && !person.remote.heldBack,
    caption: captionOf(person),
    enlarge: { label: ownMessages().enlarge(person.name), onPress: () => (pinned.value = person.id) },
  }));
}

/** The name, and what the picture does not say by itself. */
function captionOf({ name, link, remote }: Person): string {
  const t = ownMessages();
  if (link !== 'connected') return `${name}: ${t[link]}`;
  return remote.microphone ? name : `${name}: ${t.muted}`;
}

/** What is said when people have come or gone; empty when nobody has. */
export function changeOf(before: readonly string[], after: readonly string[]): string {
  const t = ownMessages();
  const came = after.filter((name) => !before.includes(name)).map((name) => t.came(name));
  const left = before.filter((name) => !after.includes(name)).map((name) => t.left(name));
  return [...came, ...left].join(' ');
}
