import { stat, type FileHandle } from 'node:fs/promises';
import { resolve } from 'node:path';
import { getMimeType } from 'hono/utils/mime';
import { StartError } from './find-database.js';
import { ownPageHeaders } from './headers.js';
import { listFolder } from './list-folder.js';
import { NO_PAGE } from './no-page.js';
import { findEntry, openFile, readNames, type FoundEntry } from './own-folder.js';
import { PageChanges } from './page-changes.js';
import { hashOf } from './static-files.js';

/** Where the folder stands, and what in it tells of changes: a hidden name, so that no file of the user's has it. */
const ROOT = '/pages';
const CHANGES = '/pages/.changes';
const FOLLOWER = '/elements/follow-pages.js';

const PIECE_BYTES = 65_536;
/** Pages of more bytes are sent as they are, and do not follow changes. */
const MAX_PAGE_BYTES = 4_000_000;

const UNKNOWN_TYPE = 'application/octet-stream';
const HTML_TYPE = 'text/html; charset=utf-8';
/** The doctype, and what may stand before it: after it a script can stand, however the page goes on. */
const DOCTYPE = /^\ufeff?(?:\s+|<!--[^]*?-->)*<!doctype[^>]*>/i;

export interface OwnPagesRequest {
  /** The path as it was sent. */
  readonly path: string;
  /** `?…`, or nothing. */
  readonly search: string;
  /** Only the headers are wanted. */
  readonly isHead: boolean;
  /** Of `If-None-Match`: whether the client has what carries this tag. */
  readonly hasCopy: (etag: string) => boolean;
  /** Breaks the connection off: no more comes of what was begun. */
  readonly cut: () => void;
}

/**
 * A folder of the user's own pages, read anew for each request: elements in them need no other origin's leave. Pages load
 * anew when something that was asked for changes.
 */
export class OwnPages {
  readonly #folder: string;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #changes = new PageChanges(async (place) =>
    markOf(
      await findEntry(
        this.#folder,
        place.split('/').filter((name) => name !== ''),
      ),
    ),
  );

  private constructor(folder: string, connect: readonly string[]) {
    this.#folder = folder;
    this.#headers = ownPageHeaders(connect);
  }

  /**
   * `connect`: origins that elements in these pages ask besides our own.
   * @throws StartError where the folder is not there.
   */
  static async open(folder: string, connect: readonly string[] = []): Promise<OwnPages> {
    const found = await stat(folder).catch(() => null);
    if (found === null) throw new StartError(`There is no folder ${folder} (given with --pages).`);
    if (!found.isDirectory()) throw new StartError(`${folder} is not a folder (given with --pages).`);
    return new OwnPages(resolve(folder), connect);
  }

  /** Whether a path is below the folder's. */
  static has(path: string): boolean {
    return path === ROOT || path.startsWith(`${ROOT}/`);
  }

  async answer(request: OwnPagesRequest): Promise<Response> {
    const { path, search, hasCopy } = request;
    if (path === CHANGES) return this.#follow(request);
    const names = readNames(path.slice(ROOT.length));
    if (names === null) return this.#answerNothing();
    const isFolder = path.endsWith('/');
    const found = await findEntry(this.#folder, names);
    if (found?.kind === 'folder') {
      if (!isFolder) return this.#redirect(names, search);
      const index = [...names, 'index.html'];
      const page = await findEntry(this.#folder, index);
      if (page?.kind === 'file') return this.#answerFile(index, page, request);
      this.#changes.note(names.join('/'), markOf(found));
      const listing = await listFolder(this.#folder, names, found.path);
      if (listing === null) return this.#answerNothing();
      const { bytes, type } = listing;
      return this.#answerPage(Buffer.from(bytes), type, hasCopy);
    }
    if (found !== null && !isFolder) return this.#answerFile(names, found, request);
    this.#changes.note(names.join('/'), markOf(found));
    return this.#answerNothing();
  }

  /** Ends what listens. */
  close(): void {
    this.#changes.close();
  }

  async #answerFile(names: readonly string[], found: FoundEntry, request: OwnPagesRequest): Promise<Response> {
    const { isHead, hasCopy, cut } = request;
    this.#changes.note(names.join('/'), markOf(found));
    const file = await openFile(found);
    if (file === null) return this.#answerNothing();
    const { handle, bytes } = file;
    const type = getMimeType(names.at(-1)!) ?? UNKNOWN_TYPE;
    if (type === HTML_TYPE && bytes <= MAX_PAGE_BYTES) {
      const page = await readAll(handle, bytes).finally(() => handle.close());
      return this.#answerPage(page, type, hasCopy);
    }
    const headers = { ...this.#headers, ETag: hashOf(markOf(found)) };
    const isKnown = hasCopy(headers.ETag);
    if (isKnown || isHead) await handle.close();
    if (isKnown) return new Response(null, { status: 304, headers });
    return new Response(isHead ? null : streamFile(handle, bytes, cut), {
      headers: { ...headers, 'Content-Type': type, 'Content-Length': String(bytes) },
    });
  }

  /** A page, with the script that loads it anew; of other letters than UTF-8 nothing is known. */
  #answerPage(page: Buffer<ArrayBuffer>, type: string, hasCopy: (etag: string) => boolean): Response {
    const isOther = page[0] === 0xff || page[0] === 0xfe;
    const bytes = isOther ? page : Buffer.from(this.#addFollower(page.toString('utf8')), 'utf8');
    const headers = { ...this.#headers, ETag: hashOf(bytes) };
    if (hasCopy(headers.ETag)) return new Response(null, { status: 304, headers });
    return new Response(bytes, {
      headers: { ...headers, 'Content-Type': type, 'Content-Length': String(bytes.length) },
    });
  }

  #addFollower(page: string): string {
    const script = `<script type="module" async src="${FOLLOWER}" data-version="${this.#changes.version}"></script>`;
    const doctype = DOCTYPE.exec(page)?.[0];
    return doctype === undefined ? page + script : doctype + script + page.slice(doctype.length);
  }

  #answerNothing(): Response {
    const { bytes, type } = NO_PAGE;
    const page = this.#addFollower(Buffer.from(bytes).toString('utf8'));
    return new Response(page, { status: 404, headers: { ...this.#headers, 'Content-Type': type } });
  }

  /** To the same folder, with a slash: relative links in its page begin there. */
  #redirect(names: readonly string[], search: string): Response {
    const Location = `${[ROOT, ...names.map(encodeURIComponent)].join('/')}/${search}`;
    return new Response(null, { status: 307, headers: { ...this.#headers, Location } });
  }

  #follow({ isHead }: OwnPagesRequest): Response {
    const stream = isHead ? new ReadableStream<Uint8Array>() : this.#changes.open();
    if (stream === null) return new Response(null, { status: 503, headers: this.#headers });
    const type = 'text/event-stream; charset=utf-8';
    return new Response(stream, {
      headers: {
        ...this.#headers,
        'Content-Type': type,
        'Cache-Control': 'no-store',
        // Named, so that nothing is read in advance to find out whether it is short.
        'Transfer-Encoding': 'chunked',
      },
    });
  }
}

/** Another text whenever a file is written anew, in whatever way. */
function markOf(found: FoundEntry | null): string {
  if (found === null) return 'none';
  const { ino, size, mtimeNs, ctimeNs } = found.stats;
  return [ino, size, mtimeNs, ctimeNs].join(' ');
}

async function readAll(handle: FileHandle, bytes: number): Promise<Buffer<ArrayBuffer>> {
  const buffer = Buffer.alloc(bytes);
  let length = 0;
  while (length < bytes) {
    const { bytesRead } = await handle.read(buffer, length, bytes - length, length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return buffer.subarray(0, length);
}

/** As many bytes as were said, as fast as they are taken. A file that has become shorter breaks the answer off. */
function streamFile(handle: FileHandle, bytes: number, cut: () => void): ReadableStream<Uint8Array> {
  let sent = 0;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const left = Math.min(PIECE_BYTES, bytes - sent);
        const { buffer, bytesRead } = await handle.read(Buffer.alloc(left), 0, left, sent);
        sent += bytesRead;
        if (bytesRead > 0) controller.enqueue(buffer.subarray(0, bytesRead));
        if (bytesRead > 0 && sent < bytes) return;
        await handle.close();
        if (sent < bytes) cut();
        else controller.close();
      },
      cancel: () => handle.close(),
    },
    // Nothing is read before it is wanted.
    { highWaterMark: 0 },
  );
}
