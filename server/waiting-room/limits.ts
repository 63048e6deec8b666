/** What one server bears. Tests and benches set their own. */
export type SignallingLimits = {
  maxSockets: number;
  /** A clinic or a mobile network may have many people behind one address. */
  maxSocketsPerAddress: number;
  maxUpgradesPerAddressAndMinute: number;
  /** Each gets relay credentials of two minutes; people behind one address share these. */
  maxTestsPerAddressAndMinute: number;
  /** A socket that has not said by then who it is, is closed. */
  greetingMs: number;
  /** Each socket is pinged this often and is dead when two pings stay unanswered. */
  heartbeatMs: number;
  /** A frame costs one token and one more for each KiB. A host has these for each who waits, and once more. */
  burstTokens: number;
  tokensPerSecond: number;
  /** A socket with more than this unread is not read by anyone any more. In bytes. */
  maxUnreadBytes: number;
  /** The host of one appointment who is gone for longer has left it. */
  hostReturnMs: number;
  /** How often a host code in use is looked up again: it may have been revoked. */
  hostCodeCheckMs: number;
  /** How often it is looked whether the practitioners of the open rooms are still there: their practice may be deleted. */
  practitionerCheckMs: number;
};

export const signallingLimits: SignallingLimits = {
  maxSockets: 20_000,
  maxSocketsPerAddress: 200,
  maxUpgradesPerAddressAndMinute: 600,
  maxTestsPerAddressAndMinute: 20,
  greetingMs: 5_000,
  heartbeatMs: 5_000,
  burstTokens: 400,
  tokensPerSecond: 200,
  maxUnreadBytes: 1_048_576,
  hostReturnMs: 15_000,
  hostCodeCheckMs: 60_000,
  practitionerCheckMs: 60_000,
};
