import * as z from 'zod/mini';
import { invitationId } from './ids.ts';
import { participantRoles } from './participant-role.ts';

const text = (max: number) => z.string().check(z.maxLength(max));

/** As `Date` writes it. Zod's own check would weigh on everybody's page, not only where records are made. */
const instant = z.string().check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/));

export const maxRecordedPaths = 4;

/** A way that packets took, from `since` on. What the browser did not tell is empty. */
const recordedPath = z.object({
  since: instant,
  way: z.enum(['direct', 'relayed']),
  /** Such as `DTLS 1.2`. */
  dtlsVersion: text(20),
  dtlsCipher: text(80),
  srtpCipher: text(80),
  /** Of the host's end: `client` or `server`, `controlling` or `controlled`. */
  dtlsRole: text(20),
  iceRole: text(20),
  /** Of the certificates, such as `SHA-256 ab:cd:…`. */
  ownFingerprint: text(210),
  otherFingerprint: text(210),
});
export type RecordedPath = z.infer<typeof recordedPath>;

const recordedGuest = z.object({
  invitationId,
  name: text(200),
  role: z.enum(participantRoles),
  joinedAt: instant,
  leftAt: instant,
  /** The three words, and whether the host said that both had the same. */
  words: text(100),
  wordsCompared: z.boolean(),
  paths: z.array(recordedPath).check(z.maxLength(maxRecordedPaths)),
});
export type RecordedGuest = z.infer<typeof recordedGuest>;

/** insecure: on the red page. broken-off: the host's window was taken over by another one. */
const endings = ['host', 'participant', 'insecure', 'broken-off'] as const;
export type EndedBy = (typeof endings)[number];

/**
 * What a consultation was, as the host's window saw it: when, with whom, and how it was secured. Made in that window, and
 * kept in the appointment's sealed record only.
 */
export const consultationRecord = z.object({
  id: z.uuid(),
  startedAt: instant,
  endedAt: instant,
  endedBy: z.enum(endings),
  /** Of the participant who hung up last. */
  endedByName: text(200),
  practitioner: text(200),
  /** Of the handshake and the sealed signals. */
  suite: z.int(),
  guests: z.array(recordedGuest).check(z.minLength(1), z.maxLength(9)),
});
export type ConsultationRecord = z.infer<typeof consultationRecord>;
