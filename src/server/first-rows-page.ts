import type { Context } from 'hono';
import type { WireProjectsAnswer } from '../api/project.js';
import { parseQuery } from '../api/parse-query.js';
import { callsQuery, projectsQuery } from '../api/query.js';
import type * as FirstRows from '../first-rows/first-rows.js';
import { PAGE_HEADERS, writePagePolicy } from './headers.js';
import type { Source } from './source.js';
import type { StaticFile, StaticFiles } from './static-files.js';

/**
 * How long a page waits for its rows: past it, it comes without, and its elements ask for them. About half of
 * what a page without rows needs to have them, so that waiting is worth it.
 */
const LONGEST_WAIT_MS = 100;

const SCRIPT = '/elements/first-frame.js';
const STYLESHEET = /<link rel="stylesheet" href="([^"]+)" \/>/;
const PRELOAD = /<link rel="modulepreload" /g;
const MODULE = /<script type="module" src="([^"]+)"><\/script>/g;
const CALLS = /(?<=<hm-calls\b[^>]*>)<\/hm-calls>/;
const PROJECTS = /(?<=<hm-projects\b[^>]*>)<\/hm-projects>/;

/** A page as it is to be sent, but for its rows. */
interface Frame {
  /** Sent at once: a browser that has it gets ready for the rest. */
  readonly head: string;
  readonly body: string;
  readonly hasProjects: boolean;
  readonly policy: string;
}

/**
 * Pages that hold `<hm-calls>`, with the newest calls in their HTML, and the projects above them where they stand there.
 * Only for somebody who opens such a page without any wishes in its address; never for another site, nor for what is no
 * page being opened; and only where the source answers at once.
 */
export class FirstRowsPages {
  readonly #source: Source;
  readonly #files: StaticFiles;
  readonly #frames = new Map<StaticFile, Frame | null>();

  constructor(source: Source, files: StaticFiles) {
    this.#source = source;
    this.#files = files;
  }

  /** The page for its rows, or null where it is to be served as it is built. */
  async answer(context: Context, page: StaticFile): Promise<Response | null> {
    if (!mayHaveRows(context)) return null;
    // Loaded with the first page that is opened.
    const writer = await import('../first-rows/first-rows.js');
    const frame = this.#frame(page, writer);
    if (frame === null) return null;
    const filled = within(LONGEST_WAIT_MS, this.#fill(frame, writer));
    const stream = new ReadableStream<Uint8Array>({
      async start(controller) {
        controller.enqueue(Buffer.from(frame.head, 'utf8'));
        controller.enqueue(Buffer.from((await filled) ?? frame.body, 'utf8'));
        controller.close();
      },
    });
    return new Response(stream, {
      headers: {
        ...PAGE_HEADERS,
        'Content-Security-Policy': frame.policy,
        // As with the API: nothing of what was recorded is left behind in a browser's cache on disk.
        'Cache-Control': 'no-store',
        'Content-Type': page.type,
        // Named, so that nothing is read in advance to find out whether it is short.
        'Transfer-Encoding': 'chunked',
      },
    });
  }

  /** @throws what the source throws. */
  async #fill({ body, hasProjects }: Frame, writer: typeof FirstRows): Promise<string> {
    const callsWanted = parseQuery(callsQuery, new URLSearchParams({ limit: String(writer.FIRST_CALLS) }));
    const projectsWanted = parseQuery(projectsQuery, new URLSearchParams({ tz: writer.timeZone }));
    const [calls, projects] = await Promise.all([
      this.#source.calls(callsWanted),
      hasProjects ? this.#source.json('projects', projectsWanted) : null,
    ]);
    if (calls.calls.length === 0) return body;
    return body
      .replace(CALLS, (end) => writer.writeFirstCalls(calls) + end)
      .replace(
        PROJECTS,
        (end) =>
          (projects === null
            ? ''
            : writer.writeFirstProjects(JSON.parse(Buffer.from(projects).toString('utf8')) as WireProjectsAnswer)) +
          end,
      );
  }

  #frame(page: StaticFile, { FIRST_ROWS_STYLES }: typeof FirstRows): Frame | null {
    let frame = this.#frames.get(page);
    if (frame === undefined) {
      const html = Buffer.from(page.bytes).toString('utf8');
      const style = this.#read(STYLESHEET.exec(html)?.[1]);
      const script = this.#read(SCRIPT);
      const isWanted = CALLS.test(html) && style !== null && script !== null;
      frame = isWanted ? makeFrame(html, style, script, FIRST_ROWS_STYLES) : null;
      this.#frames.set(page, frame);
    }
    return frame;
  }

  #read(path: string | undefined): string | null {
    const file = path === undefined ? undefined : this.#files.get(path);
    return file ? Buffer.from(file.bytes).toString('utf8') : null;
  }
}

/** A page being opened from this server's own pages, or by the user. */
function mayHaveRows({ req }: Context): boolean {
  return (
    req.method === 'GET' &&
    !req.url.includes('?') &&
    req.header('sec-fetch-dest') === 'document' &&
    req.header('sec-fetch-mode') === 'navigate' &&
    ['same-origin', 'none'].includes(req.header('sec-fetch-site') ?? '')
  );
}

/** What a promise gives, or null where it fails or takes longer. */
async function within<T>(ms: number, wanted: Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => (timer = setTimeout(resolve, ms, null)));
  try {
    return await Promise.race([wanted, late]);
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}

/**
 * The stylesheet comes to stand in the page, and its modules wait: nothing is fetched or run before the rows are seen. The
 * script stands there twice, for a browser that runs none of those that stand in a page.
 */
function makeFrame(page: string, style: string, script: string, rowsStyles: readonly string[]): Frame {
  const inline = `(()=>{${script}})()`;
  const html = page
    .replace(STYLESHEET, () => `<style>${style}</style>`)
    .replace(PRELOAD, '<link rel="later" ')
    .replace(MODULE, '<link rel="later" href="$1" />')
    .replace(
      CALLS,
      (end) => `${end}<script>${inline}</script><script src="${SCRIPT}" defer fetchpriority="low"></script>`,
    );
  const headEnd = Math.max(0, html.indexOf('</head>'));
  return {
    head: html.slice(0, headEnd),
    body: html.slice(headEnd),
    hasProjects: PROJECTS.test(html),
    policy: writePagePolicy({ styles: [style, ...rowsStyles], scripts: [inline] }),
  };
}
