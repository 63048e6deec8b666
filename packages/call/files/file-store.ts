import type { Bytes } from '@sprechzimmer/crypto/bytes.ts';

/** Where one file that comes in is put, block by block. */
export type FileSink = {
  write(block: Bytes): Promise<void>;
  /** All of it is there. */
  finish(): Promise<Blob>;
  discard(): Promise<void>;
};

export type FileStore = {
  open(): Promise<FileSink>;
  /** Everything in it is gone. */
  close(): Promise<void>;
};

/** In the origin's private file system: a folder per page, which holds the lock of the same name while it lives. */
const folderName = 'received';

/**
 * A place for files outside this page's memory: on the disk, in this browser's private file system, where no other program
 * and no other origin looks. Where there is none (an older browser, some private windows), the browser's own blobs.
 */
export async function openFileStore(): Promise<FileStore> {
  try {
    return await openDiskStore();
  } catch {
    return { open: async () => memorySink(), close: async () => {} };
  }
}

/** Deletes what pages that are gone have left, after a crash for instance. */
export async function sweepFileStore(): Promise<void> {
  const root = await navigator.storage.getDirectory();
  const folder = await root.getDirectoryHandle(folderName, { create: true });
  for await (const name of folder.keys()) {
    await navigator.locks.request(lockName(name), { ifAvailable: true }, async (lock) => {
      if (lock) await folder.removeEntry(name, { recursive: true });
    });
  }
}

function lockName(page: string): string {
  return `${folderName} ${page}`;
}

async function openDiskStore(): Promise<FileStore> {
  const page = crypto.randomUUID();
  const letGo = await holdLock(lockName(page));
  try {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle(folderName, { create: true });
    const own = await folder.getDirectoryHandle(page, { create: true });
    // Not in every browser that has the folders.
    await (await openSink(own)).discard();
    return {
      open: () => openSink(own),
      close: async () => {
        await folder.removeEntry(page, { recursive: true }).catch(() => {});
        letGo();
      },
    };
  } catch (error) {
    letGo();
    throw error;
  }
}

async function openSink(folder: FileSystemDirectoryHandle): Promise<FileSink> {
  const name = crypto.randomUUID();
  const handle = await folder.getFileHandle(name, { create: true });
  const stream = await handle.createWritable();
  return {
    write: (block) => stream.write(block),
    finish: async () => {
      await stream.close();
      return handle.getFile();
    },
    discard: async () => {
      await stream.abort().catch(() => {});
      await folder.removeEntry(name).catch(() => {});
    },
  };
}

/** A blob per block: browsers keep blobs outside the page, and large ones on the disk. */
function memorySink(): FileSink {
  let blocks: Blob[] = [];
  return {
    write: async (block) => void blocks.push(new Blob([block])),
    finish: async () => new Blob(blocks),
    discard: async () => {
      blocks = [];
    },
  };
}

/** @returns lets it go */
function holdLock(name: string): Promise<() => void> {
  return new Promise((resolve, reject) => {
    navigator.locks.request(name, () => new Promise<void>((done) => resolve(done))).catch(reject);
  });
}
