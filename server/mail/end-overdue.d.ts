import type { Db } from '../db/database.ts';
/**
 * Gives up what could not be sent for a day, and forgets its content. What was due on the appointment's day is over with
 * it.
 * @returns how many messages
 */
export declare function endOverdue(db: Db, moment: Date): Promise<number>;
