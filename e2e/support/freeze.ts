import { readdirSync, readFileSync } from 'node:fs';

/** Switch that marks a browser, to be found among the processes of this machine. */
export function markedAs(mark: string): string {
  return `--marked-as-${mark}-${process.pid}`;
}

/** All processes of the marked browser stop at once, as when a lid is closed. @returns opens the lid */
export function closeLid(mark: string): () => void {
  const processes = familyOf(markedAs(mark));
  for (const pid of processes) process.kill(pid, 'SIGSTOP');
  return () => {
    for (const pid of processes) process.kill(pid, 'SIGCONT');
  };
}

function familyOf(marked: string): number[] {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const parents = new Map<number, number>();
  const family: number[] = [];
  for (const name of all) {
    try {
      const [, parent = ''] =
        /^\d+ \(.*\) \S (\d+)/s.exec(readFileSync(`/proc/${name}/stat`, 'latin1')) ?? [];
      parents.set(Number(name), Number(parent));
      if (readFileSync(`/proc/${name}/cmdline`, 'latin1').split('\0').includes(marked))
        family.push(Number(name));
    } catch {
      // Gone meanwhile.
    }
  }
  for (let found = true; found;) {
    const children = [...parents].filter(([pid, parent]) => family.includes(parent) && !family.includes(pid));
    family.push(...children.map(([pid]) => pid));
    found = children.length > 0;
  }
  return family;
}
