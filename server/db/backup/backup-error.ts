/** Its message is for the operator: what is the matter with a backup or where it is to go, and what to do. */
export class BackupError extends Error {
  override readonly name = 'BackupError';
}

export const damaged = 'The backup is damaged or cut off. Nothing was restored. Please take another one';
