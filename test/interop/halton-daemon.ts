import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { HaltonMeter } from './find-halton-meter.js';
import { haltonEnv } from './halton-cli.js';

const START_TIMEOUT_MS = 40_000;
const STOP_TIMEOUT_MS = 8_000;
const POLL_MS = 50;

/** Ours to end, whatever becomes of the test. */
const running = new Set<ChildProcess>();
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));

export interface HaltonDaemon {
  readonly url: string;
  /** All that it has printed so far. */
  output(): string;
  stop(signal?: NodeJS.Signals): Promise<void>;
}

/**
 * Starts the daemon on free ports, or its API on `port`, with its files below `home`, and waits until it answers. It sets up no proxy and no
 * certificate outside: that is what `halton-meter init` does, which is never run.
 */
export async function startHaltonDaemon(meter: HaltonMeter, home: string, port?: number): Promise<HaltonDaemon> {
  const [freePort, edgePort, internalPort] = await findFreePorts(3);
  const apiPort = port ?? freePort;
  const folder = join(home, '.halton-meter');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(
    join(folder, 'config.toml'),
    [
      '[daemon]',
      `api_port = ${apiPort}`,
      `edge_port = ${edgePort}`,
      `internal_port = ${internalPort}`,
      '[update]',
      'check_enabled = false',
      '[pricing]',
      'auto_pull = false',
      '',
    ].join('\n'),
  );
  const child = spawn(meter.executable, ['daemon'], { env: haltonEnv(home), stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
  const closed = once(child, 'close').finally(() => running.delete(child));

  const stop = async (signal: NodeJS.Signals = 'SIGTERM'): Promise<void> => {
    child.kill(signal);
    const cut = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
    await closed;
    clearTimeout(cut);
  };
  const url = `http://127.0.0.1:${apiPort}`;
  try {
    await Promise.race([
      answers(`${url}/health`),
      closed.then(() => Promise.reject(new Error(`The daemon ended: ${output}`))),
    ]);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, output: () => output, stop };
}

async function answers(url: string): Promise<void> {
  const deadline = performance.now() + START_TIMEOUT_MS;
  while (performance.now() < deadline) {
    const response = await fetch(url).catch(() => null);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  throw new Error(`Nothing answered at ${url} within ${START_TIMEOUT_MS} ms`);
}

async function findFreePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
}
