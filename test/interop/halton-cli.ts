import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { HaltonMeter } from './find-halton-meter.js';

const TIMEOUT_MS = 120_000;

/** Where the daemon of this home folder keeps its calls. */
export function databasePath(home: string): string {
  return join(home, '.halton-meter', 'db.sqlite');
}

/** The variables that the published program runs with: a home folder of its own, and nothing that it would fetch. */
export function haltonEnv(home: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    HOME: home,
    USERPROFILE: home,
    XDG_CONFIG_HOME: join(home, '.config'),
    XDG_DATA_HOME: join(home, '.local', 'share'),
    HALTON_METER_NO_SELF_UPDATE: '1',
    HALTON_METER_NO_RATES_PULL: '1',
    HALTON_METER_NO_RATES_PROBE: '1',
    HALTON_METER_NO_POLICY_PULL: '1',
    NO_COLOR: '1',
  };
}

/** Runs `halton-meter` with these words to its end, or cuts it off, and gives what it printed. */
export function runHaltonMeter(
  meter: HaltonMeter,
  home: string,
  words: readonly string[],
  timeoutMs = TIMEOUT_MS,
): Promise<string> {
  return run(meter.executable, words, home, '', timeoutMs);
}

/** Runs one of this folder's scripts in the Python that halton-meter is installed in; `input` is what it reads. */
export function runPython(
  meter: HaltonMeter,
  home: string,
  script: string,
  words: readonly string[],
  input = '',
): Promise<string> {
  const path = fileURLToPath(new URL(script, import.meta.url));
  return run(meter.python, [path, ...words], home, input);
}

async function run(
  program: string,
  words: readonly string[],
  home: string,
  input: string,
  timeout = TIMEOUT_MS,
): Promise<string> {
  const child = spawn(program, words, { env: haltonEnv(home), timeout });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  // A program that ends without reading all of it says why on its own.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`${program} ${words.join(' ')} ended with ${code}: ${stderr}`);
  return stdout;
}
