import type { InvitationId } from '@sprechzimmer/protocol/ids.ts';
import { showTracks } from './tracks.ts';

/** Picture and sound of one guest, and their screen with its sound. */
export type Streams = { stream: MediaStream; screen: MediaStream };
type Tracks = { remoteTracks: MediaStreamTrack[]; remoteScreenTracks: MediaStreamTrack[] };

/**
 * What the host's page plays. The first guest's streams are there before anybody is, so that a page can have them in
 * place; whoever moves up to be the first is seen in them.
 */
export class GuestStreams {
  readonly first: Streams = { stream: new MediaStream(), screen: new MediaStream() };
  readonly #others = new Map<InvitationId, Streams>();

  of(invitationId: InvitationId): Streams {
    return this.#others.get(invitationId) ?? this.first;
  }

  /** @param guests in the order of their seats */
  show(guests: { invitationId: InvitationId; tracks: Tracks | undefined }[]): void {
    const [, ...others] = guests.map((guest) => guest.invitationId);
    for (const invitationId of this.#others.keys())
      if (!others.includes(invitationId)) this.#others.delete(invitationId);
    for (const invitationId of others) {
      if (!this.#others.has(invitationId))
        this.#others.set(invitationId, { stream: new MediaStream(), screen: new MediaStream() });
    }
    if (guests.length === 0) fill(this.first, undefined);
    for (const { invitationId, tracks } of guests) fill(this.of(invitationId), tracks);
  }
}

function fill({ stream, screen }: Streams, tracks: Tracks | undefined): void {
  showTracks(stream, tracks?.remoteTracks ?? []);
  showTracks(screen, tracks?.remoteScreenTracks ?? []);
}
