import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../dist/server/main.js', import.meta.url));

export interface BuiltServer {
  readonly url: string;
  readonly port: number;
  readonly process: ChildProcess;
  /** All that it has printed so far. */
  output(): string;
  /** Waits until it has printed this, or until what it printed is as asked. */
  printed(expected: string | RegExp | (() => boolean)): Promise<void>;
  /** Ends it and resolves to its exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder of one test's own, below the system's for temporary files. */
export function makeFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'hm-elements-test-'));
}

export function removeFolder(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true });
}

/** Runs the built command with these words, as a user whose home folder is `home`; `main`: another build's. */
export function spawnBuilt(
  words: readonly string[],
  home: string,
  env: NodeJS.ProcessEnv = {},
  main = MAIN,
): ChildProcess {
  return spawn(process.execPath, [main, ...words], {
    env: { ...process.env, HOME: home, USERPROFILE: home, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Runs the built command to its end. */
export async function runBuilt(words: readonly string[], home: string): Promise<Ended> {
  const child = spawnBuilt(words, home);
  const read = collect(child);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...read() };
}

/** Starts the built server as a user would, on a free port, and waits until it says where it is. */
export async function startBuilt(
  words: readonly string[],
  home: string,
  env: NodeJS.ProcessEnv = {},
  main = MAIN,
): Promise<BuiltServer> {
  const child = spawnBuilt(['--port', '0', ...words], home, env, main);
  const read = collect(child);
  const ended = once(child, 'close').then(([code]) => code as number | null);
  const output = (): string => read().stdout + read().stderr;
  const port = await new Promise<number>((resolve, reject) => {
    child.stdout!.on('data', () => {
      const found = /^hm-elements \S+ at http:\/\/localhost:(\d+)\n(?=.*\n)/m.exec(read().stdout);
      if (found) resolve(Number(found[1]));
    });
    void ended.then((code) => reject(new Error(`The server ended with ${code}: ${output()}`)));
  });
  return {
    url: `http://localhost:${port}`,
    port,
    process: child,
    output,
    async printed(expected) {
      const isThere = (): boolean => {
        if (typeof expected === 'function') return expected();
        return typeof expected === 'string' ? output().includes(expected) : expected.test(output());
      };
      while (!isThere()) await Promise.race([once(child.stdout!, 'data'), once(child.stderr!, 'data')]);
    },
    async stop(signal = 'SIGTERM') {
      child.kill(signal);
      return ended;
    },
  };
}

function collect(child: ChildProcess): () => { stdout: string; stderr: string } {
  const read = { stdout: '', stderr: '' };
  child.stdout!.setEncoding('utf8').on('data', (text: string) => (read.stdout += text));
  child.stderr!.setEncoding('utf8').on('data', (text: string) => (read.stderr += text));
  return () => read;
}
