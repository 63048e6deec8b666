import { strToU8, Zip, ZipDeflate } from 'fflate';

/** A file of the archive, written in pieces. */
export type ArchiveFile = { write: (text: string) => void; end: () => void };

export type Archive = { open: (name: string) => ArchiveFile; finish: () => Blob };

/** A zip that grows as it is written: what is in it already is held compressed. */
export function createArchive(): Archive {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const zip = new Zip((error, part) => {
    if (error) throw error;
    parts.push(new Uint8Array(part));
  });
  return {
    open(name) {
      const file = new ZipDeflate(name, { level: 6 });
      zip.add(file);
      return {
        write: (text) => file.push(strToU8(text)),
        end: () => file.push(new Uint8Array(), true),
      };
    },
    finish() {
      zip.end();
      return new Blob(parts, { type: 'application/zip' });
    },
  };
}
