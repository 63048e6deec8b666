/** Larger files are neither sent nor taken. */
export const maxFileBytes = 200 * 1024 * 1024;
/** Of a file in one message of the bulk channel: every browser takes that much. All chunks but the last are full. */
export const chunkBytes = 16 * 1024;
/** Read, hashed and written at once. */
export const blockBytes = 1024 * 1024;
/** On the way to one person at most: sent, and not acknowledged. Bounds the memory of both ends. */
export const maxWindowBytes = 4 * 1024 * 1024;
/** Received from one person and not stored yet; beyond, nothing more is acknowledged. */
export const maxBacklogBytes = 4 * 1024 * 1024;
