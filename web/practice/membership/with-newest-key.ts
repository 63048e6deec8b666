import { ApiError } from '../api.ts';
import type { Work } from '../work.ts';

/**
 * Writes something; when the server refuses it because somebody has renewed the practice's key meanwhile, the new key is
 * fetched and it is written once more.
 * @throws whatever `write` throws for another reason
 */
export async function withNewestKey<T>(work: Work, write: () => Promise<T>): Promise<T> {
  const { generation } = work.session;
  try {
    return await write();
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'VERSION_CONFLICT') throw error;
    await work.reload();
    if (work.session.generation === generation) throw error;
    return write();
  }
}
