/** A suspension ends by itself at `suspended_until`, if it has one. */
export function isSuspendedAt(
  device: { is_suspended: boolean; suspended_until: Date | null },
  moment: Date,
): boolean {
  return device.is_suspended && (device.suspended_until === null || device.suspended_until > moment);
}
