import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { describeFailure, finding, type Finding } from './finding.ts';

const [warnBytes, failBytes] = [2_000_000_000, 200_000_000];

/** What is left where the embedded database lies, or is to lie. */
export async function checkDisk(dataDir: string): Promise<Finding[]> {
  const about = 'disk';
  for (let folder = dataDir; ; folder = dirname(folder)) {
    try {
      const { bavail, bsize, blocks } = await statfs(folder);
      const free = bavail * bsize;
      const share = Math.round((bavail / blocks) * 100);
      const text = `${(free / 1e9).toFixed(1)} GB free at ${dataDir} (${share} %)`;
      if (free < failBytes)
        return [finding('failed', about, `${text}: make room, the database stops when it is full`)];
      if (free < warnBytes || share < 5) return [finding('warning', about, `${text}: make room soon`)];
      return [finding('ok', about, text)];
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT' && dirname(folder) !== folder) continue;
      return [
        finding('failed', about, `${dataDir} cannot be looked at: ${describeFailure(error)}. See DATA_DIR`),
      ];
    }
  }
}
