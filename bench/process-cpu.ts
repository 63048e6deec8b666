import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

type Process = { pid: number; parent: number; name: string; seconds: number };

const ticksPerSecond = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/**
 * The CPU time that the browsers of this process have used so far, with all of their processes; those that have ended
 * are counted by whoever started them.
 */
export function browserCpuSeconds(browser = /^chrom/): number {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap(readProcess);
  const children = (parent: number) => all.filter((one) => one.parent === parent);
  const sum = (one: Process): number =>
    children(one.pid).reduce((total, child) => total + sum(child), one.seconds);
  return children(process.pid)
    .filter(({ name }) => browser.test(name))
    .reduce((total, one) => total + sum(one), 0);
}

/** `/proc/<pid>/stat`, see proc(5): the name is in parentheses and may itself contain some. */
function readProcess(pid: string): Process[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const name = text.slice(text.indexOf('(') + 1, text.lastIndexOf(')'));
    const rest = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const ticks = [11, 12, 13, 14].reduce((total, field) => total + Number(rest[field]), 0);
    return [{ pid: Number(pid), parent: Number(rest[1]), name, seconds: ticks / ticksPerSecond }];
  } catch {
    return []; // It has just ended.
  }
}

/** What one process has used so far; 0 when it has ended. */
export function cpuSecondsOf(pid: number): number {
  return readProcess(String(pid))[0]?.seconds ?? 0;
}
