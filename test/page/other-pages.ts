import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Frame, Page } from 'puppeteer-core';

/** Somebody else's pages: on a port of their own under any name, and as files. */
export class OtherPages {
  readonly port: number;
  readonly #pages: string[];
  readonly #servers: readonly Server[];

  private constructor(port: number, pages: string[], servers: readonly Server[]) {
    this.port = port;
    this.#pages = pages;
    this.#servers = servers;
  }

  static async start(): Promise<OtherPages> {
    const pages: string[] = [];
    const make = (): Server =>
      createServer((request, response) => {
        const page = pages[Number(/^\/(\d+)$/.exec(request.url ?? '')?.[1])];
        response.writeHead(page === undefined ? 404 : 200, { 'Content-Type': 'text/html; charset=utf-8' }).end(page);
      });
    const first = make().listen({ host: '127.0.0.1', port: 0 });
    await once(first, 'listening');
    const { port } = first.address() as AddressInfo;
    // Browsers ask `localhost` there first.
    const second = make().listen({ host: '::1', port });
    await Promise.race([once(second, 'listening'), once(second, 'error')]);
    return new OtherPages(port, pages, [first, second]);
  }

  /** The address of a page that holds this, at a host. */
  add(host: string, html: string): string {
    return `http://${host}:${this.port}/${this.#pages.push(html) - 1}`;
  }

  stop(): void {
    for (const server of this.#servers) {
      server.close();
      server.closeAllConnections();
    }
  }
}

let files = 0;

/** The address of a file that holds this. */
export async function addFile(folder: string, html: string): Promise<string> {
  const path = join(folder, `other-${++files}.html`);
  await writeFile(path, html);
  return pathToFileURL(path).href;
}

/** Waits until a table of an element has rows. Looked at now and then: a frame out of sight is not painted. */
export async function waitForRows(frame: Frame | Page, tag: string): Promise<void> {
  await frame.waitForFunction(
    (wanted) => document.querySelector(wanted)?.shadowRoot?.querySelector('tbody tr') != null,
    { polling: 100 },
    tag,
  );
}
