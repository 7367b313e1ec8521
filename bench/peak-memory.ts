import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

export interface Memory {
  readonly megabytes: number;
  /** What it shares with every other process of its program (Node itself, libraries); null where it isn't told. */
  readonly sharedMegabytes: number | null;
  /** False where the system tells only what is held now. */
  readonly isPeak: boolean;
}

/** The most memory that a running process has held at once (resident, all its threads); null where nobody can say. */
export async function readMemory(pid: number): Promise<Memory | null> {
  try {
    const text = await readFile(`/proc/${pid}/status`, 'utf8');
    const [peak, shared] = ['VmHWM', 'RssFile'].map((name) => readMegabytes(text, name));
    if (peak !== null) return { megabytes: peak!, sharedMegabytes: shared!, isPeak: true };
  } catch {
    // No /proc here: ask for what it holds now.
  }
  try {
    const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)]);
    return { megabytes: (Number(stdout.trim()) * 1024) / 1e6, sharedMegabytes: null, isPeak: false };
  } catch {
    return null;
  }
}

/** What a process holds now, of it what it shares with others of its program, and the most it ever held; null where nobody can say. */
export async function readResident(pid: number): Promise<{ now: number; shared: number; peak: number } | null> {
  try {
    const text = await readFile(`/proc/${pid}/status`, 'utf8');
    const [now, shared, peak] = ['VmRSS', 'RssFile', 'VmHWM'].map((name) => readMegabytes(text, name));
    return { now: now!, shared: shared!, peak: peak! };
  } catch {
    return null;
  }
}

/** These lines count in units of 1,024 bytes. */
function readMegabytes(text: string, name: string): number | null {
  const [, kibibytes] = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(text) ?? [];
  return kibibytes === undefined ? null : (Number(kibibytes) * 1024) / 1e6;
}
