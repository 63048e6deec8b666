import type { ChannelMessage } from '@sprechzimmer/protocol/consultation.ts';
import type { ServerMessage } from '@sprechzimmer/protocol/signalling.ts';
import type { InsecureReason } from './insecure.ts';

/** What the other side says of its own picture and sound. `heldBack`: its camera is on, and its line does not carry it. */
export type RemoteMedia = { camera: boolean; microphone: boolean; screen: boolean; heldBack: boolean };

/** Until the other side has said anything. */
export const presumedMedia: RemoteMedia = { camera: true, microphone: true, screen: false, heldBack: false };

export function remoteMedia(message: Extract<ChannelMessage, { kind: 'media' }>): RemoteMedia {
  const { camera, microphone, screen = false, heldBack = false } = message;
  return { camera, microphone, screen, heldBack };
}

/** What a participant's page shows. */
export type ParticipantState =
  | { kind: 'insecure'; reason: InsecureReason }
  | Extract<ServerMessage, { kind: 'refused' }>
  | { kind: 'replaced' }
  | { kind: 'left' }
  | { kind: 'ended'; by: 'host' | 'participant' }
  | { kind: 'joining' }
  | {
      kind: 'waiting';
      /**
       * absent: no host's window is open. arriving: the handshake is under way. present: the host's own browser has said
       * over the peer connection that it sees us, so this is true whatever the server says.
       */
      practice: 'absent' | 'arriving' | 'present';
      practitioner?: string | undefined;
      /** Whether the server can be reached. */
      online: boolean;
    }
  | {
      kind: 'consultation';
      practitioner?: string | undefined;
      link: 'connected' | 'interrupted';
      online: boolean;
      remote: RemoteMedia;
    };

export type ParticipantEvent =
  | { kind: 'joined'; hostPresent: boolean }
  | Extract<ParticipantState, { kind: 'refused' }>
  | { kind: 'host-present' }
  | { kind: 'host-absent' }
  | { kind: 'offline' }
  | { kind: 'seen'; practitioner: string }
  | { kind: 'path-lost' }
  | { kind: 'link'; link: 'connected' | 'interrupted' }
  | { kind: 'called-in' }
  | { kind: 'remote-media'; remote: RemoteMedia }
  | { kind: 'ended'; by: 'host' | 'participant' }
  | { kind: 'left' }
  | { kind: 'replaced' }
  | { kind: 'insecure'; reason: InsecureReason }
  | { kind: 'rejoin' };

export const initialParticipantState: ParticipantState = { kind: 'joining' };

/** The participant's way: joining, waiting, consultation, end. Pure; events that do not fit a state leave it as it is. */
export function participantTransition(state: ParticipantState, event: ParticipantEvent): ParticipantState {
  switch (state.kind) {
    case 'insecure':
    case 'refused':
    case 'replaced':
      return state;
    case 'left':
    case 'ended':
      return event.kind === 'rejoin' ? initialParticipantState : state;
    case 'joining':
      return fromJoining(state, event);
    case 'waiting':
      return fromWaiting(state, event);
    case 'consultation':
      return fromConsultation(state, event);
    default:
      return state satisfies never;
  }
}

function fromJoining(state: ParticipantState, event: ParticipantEvent): ParticipantState {
  switch (event.kind) {
    case 'joined':
      return { kind: 'waiting', practice: event.hostPresent ? 'arriving' : 'absent', online: true };
    case 'refused':
      return event;
    default:
      return leaving(event) ?? state;
  }
}

function fromWaiting(
  state: Extract<ParticipantState, { kind: 'waiting' }>,
  event: ParticipantEvent,
): ParticipantState {
  // What the host's own browser has confirmed, the server's word does not undo: the path being lost does.
  const seen = state.practice === 'present';
  switch (event.kind) {
    case 'joined':
      return seen ? { ...state, online: true } : { ...fromServer(event.hostPresent), online: true };
    case 'host-present':
      return seen ? state : { ...fromServer(true), online: state.online };
    case 'host-absent':
      return seen ? state : { ...fromServer(false), online: state.online };
    case 'offline':
      return seen ? { ...state, online: false } : { ...fromServer(false), online: false };
    case 'seen':
      return { ...state, practice: 'present', practitioner: event.practitioner };
    case 'path-lost':
      return { ...fromServer(false), online: state.online };
    case 'called-in':
      return {
        kind: 'consultation',
        practitioner: state.practitioner,
        link: 'connected',
        online: state.online,
        remote: presumedMedia,
      };
    case 'refused':
      return event;
    default:
      return leaving(event) ?? state;
  }
}

function fromConsultation(
  state: Extract<ParticipantState, { kind: 'consultation' }>,
  event: ParticipantEvent,
): ParticipantState {
  switch (event.kind) {
    case 'joined':
      return { ...state, online: true };
    case 'offline':
    // The server will not let us in again, perhaps because midnight has passed: the consultation does not need it.
    case 'refused':
      return { ...state, online: false };
    case 'link':
      return { ...state, link: event.link };
    case 'path-lost':
      return { ...state, link: 'interrupted' };
    case 'seen':
      // A new path to the host: back to where it calls us in from. It does at once if it never ended the consultation.
      return { kind: 'waiting', practice: 'present', practitioner: event.practitioner, online: state.online };
    case 'remote-media':
      return { ...state, remote: event.remote };
    case 'ended':
      return event;
    default:
      return leaving(event) ?? state;
  }
}

function fromServer(hostPresent: boolean): { kind: 'waiting'; practice: 'arriving' | 'absent' } {
  return { kind: 'waiting', practice: hostPresent ? 'arriving' : 'absent' };
}

function leaving(event: ParticipantEvent): ParticipantState | undefined {
  return event.kind === 'left' || event.kind === 'replaced' || event.kind === 'insecure' ? event : undefined;
}
