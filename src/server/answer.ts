import { setImmediate } from 'node:timers/promises';
import type { Context } from 'hono';
import type * as z from 'zod/mini';
import type { Problem } from '../api/problem.js';
import { writeJson } from './contract.js';
import { API_HEADERS, ELEMENT_HEADERS, FRAME_HEADERS, PAGE_HEADERS } from './headers.js';
import { hashOf, type StaticFile } from './static-files.js';

const FILE_HEADERS = { page: PAGE_HEADERS, asset: PAGE_HEADERS, element: ELEMENT_HEADERS, frame: FRAME_HEADERS };

export const JSON_TYPE = 'application/json; charset=utf-8';

type HeaderRecord = Record<string, string>;

/** What is sent piece by piece though its length is known; of an equal version it is the same. */
interface StoredBytes {
  readonly bytes: number;
  readonly version: string;
  readonly pieces: AsyncIterableIterator<Uint8Array>;
}

/**
 * Checks a value against its shape and answers it as JSON, or 304 where the client already has it.
 * @throws ContractError where the value does not have the shape.
 */
export function answerJson(context: Context, shape: z.core.$ZodType, value: unknown): Response {
  return answerApi(context, writeJson(shape, value), JSON_TYPE);
}

export function answerText(context: Context, text: string, type: string): Response {
  return answerApi(context, Buffer.from(text, 'utf8'), type);
}

/** Answers bytes of the API, tagged with a hash of exactly these, so that a 304 is never stale. */
export function answerApi(context: Context, bytes: Uint8Array<ArrayBuffer>, type: string): Response {
  return answerBytes(context, bytes, { ...apiHeaders(context), 'Content-Type': type, ETag: hashOf(bytes) });
}

/** Answers text that is made while it is sent, as fast as it is read. It has no tag, since its end is not known yet. */
export function answerStream(
  context: Context,
  stream: ReadableStream<Uint8Array>,
  type: string,
  headers: HeaderRecord = {},
): Response {
  return new Response(stream, {
    status: 200,
    // Named, so that nothing is read in advance to find out whether it is short.
    headers: { ...apiHeaders(context), 'Content-Type': type, 'Transfer-Encoding': 'chunked', ...headers },
  });
}

/**
 * Answers bytes of the database as they are read, and only as fast as they are taken. What goes wrong after the first
 * of them is given to `onFault`, which has to cut the answer off.
 */
export function answerStored(
  context: Context,
  { bytes, version, pieces }: StoredBytes,
  type: string,
  onFault: (fault: unknown) => void,
): Response {
  const etag = hashOf(`${version} ${context.req.url}`);
  if (hasCurrentCopy(context, etag)) return answerNotModified(context, etag);
  const stream = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        // What is there at once is held back by the HTTP library, which looks whether more comes: headers go ahead.
        await setImmediate();
        try {
          const next = await pieces.next();
          if (next.done === true) controller.close();
          else controller.enqueue(next.value);
        } catch (fault) {
          onFault(fault);
        }
      },
      cancel: () => void pieces.return?.(),
    },
    // Nothing is read before it is wanted.
    { highWaterMark: 0 },
  );
  return new Response(stream, {
    status: 200,
    headers: { ...apiHeaders(context), 'Content-Type': type, ETag: etag, 'Content-Length': String(bytes) },
  });
}

/** The short answer to a client whose copy is known to be current. */
export function answerNotModified(context: Context, etag: string): Response {
  return new Response(null, { status: 304, headers: { ...apiHeaders(context), ETag: etag } });
}

export function answerProblem(context: Context, problem: Problem): Response {
  const bytes = Buffer.from(JSON.stringify(problem), 'utf8');
  const headers = { ...apiHeaders(context), 'Content-Type': 'application/problem+json; charset=utf-8' };
  return new Response(bytes, {
    status: problem.status,
    headers: { ...headers, 'Content-Length': String(bytes.length) },
  });
}

export function answerFile(context: Context, file: StaticFile, status = 200): Response {
  const headers: HeaderRecord = { ...FILE_HEADERS[file.role] };
  if (file.role === 'element') Object.assign(headers, allowOrigin(context));
  if (file.isImmutable) headers['Cache-Control'] = 'public, max-age=31536000, immutable';
  return answerBytes(context, file.bytes, { ...headers, 'Content-Type': file.type, ETag: file.etag }, status);
}

/** Whether an `If-None-Match` names this tag. */
export function hasCurrentCopy(context: Context, etag: string): boolean {
  const asked = context.req.header('if-none-match');
  if (asked === undefined) return false;
  return asked.trim() === '*' || asked.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
}

function answerBytes(context: Context, bytes: Uint8Array<ArrayBuffer>, headers: HeaderRecord, status = 200): Response {
  if (status === 200 && hasCurrentCopy(context, headers.ETag!)) {
    const { 'Content-Type': _type, ...rest } = headers;
    return new Response(null, { status: 304, headers: rest });
  }
  return new Response(bytes, { status, headers: { ...headers, 'Content-Length': String(bytes.length) } });
}

export function apiHeaders(context: Context): HeaderRecord {
  return { ...API_HEADERS, ...allowOrigin(context) };
}

/** The guard lets no Origin pass but this server's own and those the user allowed, so the one that is here may be named. */
function allowOrigin(context: Context): HeaderRecord {
  const origin = context.req.header('origin');
  return origin === undefined ? {} : { 'Access-Control-Allow-Origin': origin };
}
