import { deviceId } from '@sprechzimmer/protocol/ids.ts';
import type { DeviceKeys } from '@sprechzimmer/protocol/membership.ts';
import type { PracticeSession } from '../practice/session.ts';

/** A device as the log, the practice's own records and the server's clock describe it together. */
export type ListedDevice = {
  id: DeviceKeys['id'];
  /** Undefined while its record cannot be read. */
  name: string | undefined;
  browser: string;
  isOwn: boolean;
  isSuspended: boolean;
  suspendedUntil: Date | undefined;
  lastSeenAt: Date | undefined;
  /** Undefined when that user is no longer there. */
  approvedBy: string | undefined;
  approvedAt: Date;
};

/** Who belongs is what the verified log says; this device first, then by name. */
export function listDevices(session: PracticeSession): ListedDevice[] {
  const { membership, deviceProfiles, userNames, view } = session;
  const devices = [...membership.devices].map(([id, device]): ListedDevice => {
    const seen = view.devices.find((each) => each.id === id);
    const profile = deviceProfiles.get(id);
    return {
      id: deviceId.parse(id),
      name: profile?.name,
      browser: profile?.browser ?? '',
      isOwn: id === session.device.deviceId,
      isSuspended: device.isSuspended,
      suspendedUntil: seen?.suspendedUntil ? new Date(seen.suspendedUntil) : undefined,
      lastSeenAt: seen?.lastSeenAt ? new Date(seen.lastSeenAt) : undefined,
      approvedBy: userNames.get(device.approvedBy),
      approvedAt: new Date(device.approvedAt),
    };
  });
  return devices.sort(
    (a, b) => Number(b.isOwn) - Number(a.isOwn) || (a.name ?? '').localeCompare(b.name ?? ''),
  );
}
