import type { ArchiveFile } from './archive.ts';

/** A list within a JSON object that is being written, after whatever is in it already. */
export function openList(
  json: ArchiveFile,
  name: string,
): { add: (items: unknown[]) => void; end: () => void } {
  let isFirst = true;
  json.write(`,\n${JSON.stringify(name)}: [`);
  return {
    add(items) {
      if (items.length === 0) return;
      const text = items.map((item) => `\n${JSON.stringify(item)}`).join(',');
      json.write(isFirst ? text : `,${text}`);
      isFirst = false;
    },
    end: () => json.write('\n]'),
  };
}
