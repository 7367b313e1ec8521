import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import * as z from 'zod';
import { statusAnswer, type WireStatus } from '../../src/api/status.js';
import { makeFolder, removeFolder, startBuilt, type BuiltServer } from '../built-server.js';
import { ask } from './ask.js';
import { loadCaptured } from './fixture-database.js';

/** What a test of the command needs around it: homes of users, a database, ports that are taken, a daemon's health. */
export class Machine {
  readonly folder: string;
  /** A database with the rows of the captured fixture. */
  readonly captured: string;
  readonly #servers: Server[] = [];
  #homes = 0;

  private constructor(folder: string) {
    this.folder = folder;
    this.captured = join(folder, 'captured.sqlite');
    loadCaptured(this.captured).close();
  }

  static async make(): Promise<Machine> {
    return new Machine(await makeFolder());
  }

  async remove(): Promise<void> {
    for (const server of this.#servers) server.close();
    await removeFolder(this.folder);
  }

  /** A home folder of a user of their own, with these files of the daemon in it. */
  async makeHome(files: Readonly<Record<string, string>> = {}): Promise<string> {
    const home = join(this.folder, `home-${++this.#homes}`);
    await mkdir(join(home, '.halton-meter'), { recursive: true });
    for (const [name, content] of Object.entries(files)) await writeFile(join(home, '.halton-meter', name), content);
    return home;
  }

  /** Takes a free port on one address, as another program would, and answers on it. */
  async takePort(host: string, answer: RequestListener = (_, response) => response.end('{"a":1}')): Promise<number> {
    const server = createServer(answer);
    this.#servers.push(server);
    server.listen({ host, port: 0 });
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  }

  /** Answers `/health` as a running daemon does, and notes what it was asked. */
  async startHealth(): Promise<{ readonly port: number; readonly asked: readonly string[] }> {
    const asked: string[] = [];
    const port = await this.takePort('127.0.0.1', (request, response) => {
      asked.push(`${request.method} ${request.url}`);
      response.end('{"status": "ok", "version": "0.6.4", "active_requests": 2}');
    });
    return { port, asked };
  }
}

/** Starts the built command, lets it be used and ends it. */
export async function withServer(
  words: readonly string[],
  home: string,
  use: (server: BuiltServer) => Promise<void> | void,
  env: NodeJS.ProcessEnv = {},
): Promise<void> {
  const server = await startBuilt(words, home, env);
  try {
    await use(server);
  } finally {
    await server.stop();
  }
}

export async function readStatus(server: BuiltServer): Promise<WireStatus> {
  const { text } = await ask(server.port, '/api/status');
  return z.parse(statusAnswer, JSON.parse(text));
}
