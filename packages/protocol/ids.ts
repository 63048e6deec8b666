import * as z from 'zod/mini';

export const practiceId = z.uuid().brand<'PracticeId'>();

export const userId = z.uuid().brand<'UserId'>();
export type UserId = z.infer<typeof userId>;

export const deviceId = z.uuid().brand<'DeviceId'>();

export const appointmentId = z.uuid().brand<'AppointmentId'>();
export type AppointmentId = z.infer<typeof appointmentId>;

export const invitationId = z.uuid().brand<'InvitationId'>();
export type InvitationId = z.infer<typeof invitationId>;

export const hostCodeId = z.uuid().brand<'HostCodeId'>();
export type HostCodeId = z.infer<typeof hostCodeId>;

export const contactId = z.uuid().brand<'ContactId'>();
export type ContactId = z.infer<typeof contactId>;
