import type { HttpBindings } from '@hono/node-server';
import { Hono, type Context } from 'hono';
import type * as z from 'zod/mini';
import { bodiesAnswer, type BodyState } from '../api/body.js';
import { parseQuery } from '../api/parse-query.js';
import {
  bodiesQuery,
  bodySearchQuery,
  callsQuery,
  exportQuery,
  facetsQuery,
  groupsQuery,
  noQuery,
  pricingQuery,
  projectsQuery,
  repriceQuery,
  seriesQuery,
  stripQuery,
  type FilterQuery,
} from '../api/query.js';
import { QueryError } from '../api/query-error.js';
import { statusAnswer, type WireStatus } from '../api/status.js';
import {
  answerApi,
  answerFile,
  answerJson,
  answerNotModified,
  answerProblem,
  answerStored,
  answerStream,
  answerText,
  hasCurrentCopy,
  JSON_TYPE,
} from './answer.js';
import { EmbedPages } from './embed-page.js';
import { TooManyStreamsError, type EventStreams } from './event-streams.js';
import { exportCalls, type ExportFormat } from './export-calls.js';
import { FirstRowsPages } from './first-rows-page.js';
import { allowConnect } from './headers.js';
import { NO_PAGE } from './no-page.js';
import { OwnPages } from './own-pages.js';
import { explainFault, makeProblem } from './problems.js';
import { streamBodySearch } from './search-bodies.js';
import { sendOn, type Direct } from './send-on.js';
import type { Source } from './source.js';
import type { StaticFiles } from './static-files.js';
import { TagMemory } from './tag-memory.js';

export interface AppParts {
  readonly source: Source;
  readonly readStatus: () => Promise<WireStatus>;
  readonly events: EventStreams;
  readonly files: StaticFiles;
  /** The user's own, where a folder of them was named. */
  readonly ownPages?: OwnPages | null;
  /** Takes one line about a fault that is ours; it holds nothing of what was recorded. */
  readonly log: (line: string) => void;
  /** The clock that `last` counts back from, in milliseconds; the machine's where there is no other. */
  readonly now?: () => number;
  /** The daemon that is asked directly just now, null where this server answers itself. */
  readonly findDirect?: () => Direct | null;
  /** Where pages may ask besides this server: a daemon may come to answer itself while they are open. */
  readonly findConnect?: () => Promise<string | null>;
}

const TEXT_TYPE = 'text/plain; charset=utf-8';
const EXPORT_TYPES: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv; charset=utf-8; header=present',
  jsonl: 'application/jsonl; charset=utf-8',
};

const NO_BODY: Readonly<Record<BodyState, string>> = {
  stored: 'nothing was recorded for this side',
  off: 'the capture of this project is off',
  expired: 'it is older than the daemon keeps bodies',
  failed: 'the daemon tried to capture it and could not',
  none: 'the daemon stored none',
  unavailable: 'this source has no bodies',
};

const NO_BODIES = makeProblem(404, 'No bodies', 'This source has no bodies.');

/**
 * The routes: check the query, ask the source, check the answer, send it. Everything is reached by exact paths; the
 * guard has already refused what may not come in.
 */
export function createApp(parts: AppParts): Hono {
  const { source, readStatus, events, files, ownPages = null, log, now = Date.now, findDirect, findConnect } = parts;
  // The path as it was sent: decoding it before routing would let one route be reached by many names.
  const app = new Hono({ getPath: (request) => readPath(request.url), strict: true });
  const tags = new TagMemory();
  const firstRows = new FirstRowsPages(source, files);
  const embedPages = new EmbedPages(files);

  /** Answers from the database alone; where neither it nor the address changed, a known tag is enough. */
  async function answerUnchanging(
    context: Context,
    read: () => Promise<Uint8Array<ArrayBuffer> | null>,
    notFound = '',
  ): Promise<Response> {
    const version = await source.version();
    const address = context.req.url;
    const known = tags.find(address, version);
    if (known !== undefined && hasCurrentCopy(context, known)) return answerNotModified(context, known);
    const bytes = await read();
    if (bytes === null) return answerProblem(context, makeProblem(404, 'Not found', notFound));
    const answer = answerApi(context, bytes, JSON_TYPE);
    tags.remember(address, version, answer.headers.get('etag')!);
    return answer;
  }

  /** Answers for what a filter holds; one that counts back from the clock holds something else at each moment. */
  async function answerFiltered(
    context: Context,
    { last }: FilterQuery,
    read: () => Promise<Uint8Array<ArrayBuffer>>,
  ): Promise<Response> {
    return last === undefined ? answerUnchanging(context, read) : answerApi(context, await read(), JSON_TYPE);
  }

  if (findConnect !== undefined) {
    app.use('*', async (context, next) => {
      await next();
      allowConnect(context.res.headers, await findConnect());
    });
  }
  if (findDirect !== undefined) {
    app.use('/api/*', async (context: Context, next) => {
      const direct = findDirect();
      const answer = direct === null ? null : await sendOn(context, readPath(context.req.url), direct);
      return answer ?? next();
    });
  }

  app.get('/api/status', async (context) => {
    readQuery(context, noQuery);
    return answerJson(context, statusAnswer, await readStatus());
  });
  app.get('/api/projects', (context) => {
    const query = readQuery(context, projectsQuery);
    return answerFiltered(context, query, () => source.json('projects', query));
  });
  app.get('/api/calls', (context) => {
    const query = readQuery(context, callsQuery);
    return answerFiltered(context, query, () => source.json('calls', query));
  });
  app.get('/api/calls/facets', (context) => {
    const query = readQuery(context, facetsQuery);
    return answerFiltered(context, query, () => source.json('facets', query));
  });
  app.get('/api/calls/series', (context) => {
    const query = readQuery(context, seriesQuery);
    return answerFiltered(context, query, () => source.json('series', query));
  });
  app.get('/api/calls/groups', (context) => {
    const query = readQuery(context, groupsQuery);
    return answerFiltered(context, query, () => source.json('groups', query));
  });
  app.get('/api/calls/strip', (context) => {
    const query = readQuery(context, stripQuery);
    return answerFiltered(context, query, () => source.json('strip', query));
  });
  app.get('/api/calls/reprice', async (context) => {
    const query = readQuery(context, repriceQuery);
    // Which rates are current depends on the clock, so a known tag is not enough.
    return answerApi(context, await source.json('reprice', query), JSON_TYPE);
  });
  for (const format of ['csv', 'jsonl'] as const) {
    app.get(`/api/calls.${format}`, async (context) => {
      const stream = await exportCalls(source, readQuery(context, exportQuery), format, now(), (fault) => {
        log(explainFault(fault).log ?? 'An export was cut off, because the database can not be read any more.');
        (context.env as HttpBindings).outgoing.destroy();
      });
      const name = `calls-${new Date().toISOString().slice(0, 10)}.${format}`;
      const disposition = { 'Content-Disposition': `attachment; filename="${name}"` };
      return answerStream(context, stream, EXPORT_TYPES[format], disposition);
    });
  }
  app.get('/api/events', (context) => {
    readQuery(context, noQuery);
    try {
      const stream = events.open(context.req.header('last-event-id') ?? null);
      return answerStream(context, stream, 'text/event-stream; charset=utf-8');
    } catch (error) {
      if (!(error instanceof TooManyStreamsError)) throw error;
      const detail = 'Too many listen to this server already: close some of its tabs.';
      return answerProblem(context, makeProblem(503, 'Too many listeners', detail));
    }
  });
  app.get('/api/calls/:id', async (context) => {
    readQuery(context, noQuery);
    const id = readId(context);
    return answerUnchanging(context, () => source.json('call', id), 'There is no call with this id.');
  });
  app.get('/api/bodies', async (context) => {
    const { call } = readQuery(context, bodiesQuery);
    return answerJson(context, bodiesAnswer, await source.bodies(call));
  });
  app.get('/api/bodies/search', async (context) => {
    const stream = await streamBodySearch(source, readQuery(context, bodySearchQuery), (fault) => {
      log(explainFault(fault).log ?? 'A search was cut off, because the database can not be read any more.');
      (context.env as HttpBindings).outgoing.destroy();
    });
    if (stream === null) return answerProblem(context, NO_BODIES);
    return answerStream(context, stream, 'application/x-ndjson; charset=utf-8');
  });
  app.get('/api/bodies/summary', async (context) => {
    const bytes = await source.json('bodySummary', readQuery(context, projectsQuery));
    // Which bodies are expired depends on the clock, so a known tag is not enough.
    return bytes === null ? answerProblem(context, NO_BODIES) : answerApi(context, bytes, JSON_TYPE);
  });
  app.get('/api/bodies/:id/:side{request|response}', async (context) => {
    readQuery(context, noQuery);
    const side = context.req.param('side') === 'request' ? 'request' : 'response';
    const found = await source.bodyText(readId(context), side);
    if (found.found === 'text') {
      return answerStored(context, found, TEXT_TYPE, (fault) => {
        log(explainFault(fault).log ?? 'A body was cut off, because the database can not be read any more.');
        (context.env as HttpBindings).outgoing.destroy();
      });
    }
    if (found.found === 'no-call') {
      return answerProblem(context, makeProblem(404, 'Not found', 'There is no call with this id.'));
    }
    const reason = found.reason === null ? '' : ` (${found.reason})`;
    const detail = `No ${side} body, state "${found.state}": ${NO_BODY[found.state]}${reason}.`;
    return answerProblem(context, makeProblem(404, 'No body', detail));
  });
  app.get('/api/pricing', async (context) => {
    const query = readQuery(context, pricingQuery);
    // Which rates are in force depends on the clock, so a known tag is not enough.
    return answerApi(context, await source.json('pricing', query), JSON_TYPE);
  });
  app.get('/api/openapi.json', async (context) => {
    readQuery(context, noQuery);
    // Who asks for it is rare, and its making weighs more than all the rest of this file.
    const { openApiDocument } = await import('../api/openapi.js');
    return answerText(context, JSON.stringify(openApiDocument()), JSON_TYPE);
  });
  app.get('/api/*', (context) =>
    answerProblem(context, makeProblem(404, 'Not found', 'There is no such route in this API.')),
  );

  app.get('/embed/:tag', (context) => {
    const { page, status } = embedPages.find(context.req.param('tag'), new URL(context.req.url).searchParams);
    return answerFile(context, page, status);
  });

  app.get('*', async (context) => {
    const { req } = context;
    const path = readPath(req.url);
    if (ownPages !== null && OwnPages.has(path)) {
      return ownPages.answer({
        path,
        search: new URL(req.url).search,
        isHead: req.method === 'HEAD',
        hasCopy: (etag) => hasCurrentCopy(context, etag),
        cut: () => (context.env as HttpBindings).outgoing.destroy(),
      });
    }
    const file = files.get(path);
    if (file === undefined) return answerFile(context, NO_PAGE, 404);
    return (file.role === 'page' ? await firstRows.answer(context, file) : null) ?? answerFile(context, file);
  });

  app.onError((fault, context) => {
    const { problem, log: line } = explainFault(fault);
    if (line !== undefined) log(line);
    return answerProblem(context, problem);
  });
  return app;
}

/** The path of an absolute URL as it stands, percent signs and all. */
function readPath(url: string): string {
  return /^[^:]+:\/\/[^/]*(\/[^?#]*)/.exec(url)?.[1] ?? '/';
}

function readQuery<S extends Parameters<typeof parseQuery>[0]>(context: Context, shape: S): z.infer<S> {
  return parseQuery(shape, new URL(context.req.url).searchParams);
}

/** The id in the path, percent-decoded once. */
function readId(context: Context): string {
  const [, , , encoded = ''] = readPath(context.req.url).split('/');
  try {
    return decodeURIComponent(encoded);
  } catch {
    throw new QueryError('id', 'The id in the path is not valid percent-encoded UTF-8.');
  }
}
