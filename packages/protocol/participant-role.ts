/** Who a participant is to the appointment. */
export const participantRoles = ['patient', 'relative', 'interpreter', 'carer', 'colleague'] as const;
export type ParticipantRole = (typeof participantRoles)[number];
