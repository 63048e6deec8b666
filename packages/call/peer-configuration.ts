import type { IceServer } from '@sprechzimmer/protocol/signalling.ts';

/** How a peer connection is opened. @param relayOnly nothing but the relay's addresses is told to the other side */
export function peerConfiguration(iceServers: IceServer[], relayOnly: boolean): RTCConfiguration {
  return {
    iceServers: iceServers.map(({ urls, username, credential }) => ({
      urls,
      ...(username !== undefined && { username }),
      ...(credential !== undefined && { credential }),
    })),
    iceTransportPolicy: relayOnly ? 'relay' : 'all',
    bundlePolicy: 'max-bundle',
  };
}
