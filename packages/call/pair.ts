import type { Bytes } from '@sprechzimmer/crypto/bytes.ts';
import type { ChannelMessage } from '@sprechzimmer/protocol/consultation.ts';
import { connectionHeaderBytes } from '@sprechzimmer/protocol/signalling.ts';
import { HostPeer } from './host-peer.ts';
import type { PeerEvent } from './host-state.ts';
import type { PathOptions } from './media-path.ts';
import { ParticipantPath } from './participant-path.ts';
import { remoteMedia, type RemoteMedia } from './participant-state.ts';

export type PairEvents = {
  sendFrame: (frame: Bytes) => void;
  pathOptions: () => PathOptions;
  isInConsultation: () => boolean;
  onOpen: () => void;
  onMessage: (message: ChannelMessage) => void;
  onLink: (link: 'connected' | 'interrupted') => void;
  onRemoteMedia: (remote: RemoteMedia) => void;
  /** This way is over; a new word of the host can begin another. */
  onInsecure: () => void;
};

type Way = Pick<
  HostPeer,
  | 'sendMessage'
  | 'sendMedia'
  | 'sendNothing'
  | 'remoteTracks'
  | 'remoteScreenTracks'
  | 'bulk'
  | 'setIceServers'
  | 'close'
>;

/** The way between two guests. It has the shape of the one between host and participant: one of the two begins. */
export type Pair = {
  way: Way;
  /** The host vouches, or vouches anew: a handshake with this psk. The peer connection stays if both still have it. */
  vouch(psk: Bytes): void;
  handleFrame(frame: Bytes): void;
};

export function openPair(begins: boolean, events: PairEvents): Pair {
  return begins ? beginningPair(events) : answeringPair(events);
}

function beginningPair(events: PairEvents): Pair {
  let attempt = 0;
  const way = new HostPeer(undefined, '', {
    sendFrame: (frame) => events.sendFrame(frame.slice(connectionHeaderBytes)),
    drop: () => {},
    pathOptions: events.pathOptions,
    onOpen: events.onOpen,
    onMessage: events.onMessage,
    onHealth: () => {},
    onEvent: (event) => follow(event, events),
  });
  return {
    way,
    vouch: (psk) => {
      // Nothing under an older psk is sent any more, and unanswered handshakes do not pile up.
      way.handleLeft(attempt);
      way.handleArrived(++attempt, psk);
    },
    handleFrame: (frame) => way.handleFrame(attempt, frame),
  };
}

function follow(event: PeerEvent, { onLink, onRemoteMedia, onInsecure }: PairEvents): void {
  if (event.kind === 'link') onLink(event.link);
  else if (event.kind === 'gone') onLink('interrupted');
  else if (event.kind === 'remote-media') onRemoteMedia(event.remote);
  else if (event.kind === 'insecure') onInsecure();
}

function answeringPair(events: PairEvents): Pair {
  const way = new ParticipantPath(undefined, {
    sendFrame: (frame) => events.sendFrame(frame.slice(connectionHeaderBytes)),
    pathOptions: events.pathOptions,
    isInConsultation: events.isInConsultation,
    onOpen: events.onOpen,
    onMessage: (message) => {
      if (message.kind === 'media') events.onRemoteMedia(remoteMedia(message));
      else events.onMessage(message);
    },
    onPutOff: () => {},
    onPath: () => {},
    onHealth: () => {},
    onEvent: (event) => {
      if (event.kind === 'link') events.onLink(event.link);
      else if (event.kind === 'path-lost') events.onLink('interrupted');
      else if (event.kind === 'insecure') events.onInsecure();
    },
  });
  return {
    way,
    vouch: (psk) => way.awaitHost(psk),
    handleFrame: (frame) => way.handleFrame(frame),
  };
}
