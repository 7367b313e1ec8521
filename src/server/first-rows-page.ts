import type { Context } from 'hono';
import { callsQuery, parseQuery } from '../api/query.js';
import { PAGE_HEADERS, writePagePolicy } from './headers.js';
import type { Source } from './source.js';
import type { StaticFile, StaticFiles } from './static-files.js';

/** How long a page waits for its rows: past it, it is served as it is built, and the element asks for them itself. */
const LONGEST_WAIT_MS = 30;

const STYLESHEET = /<link rel="stylesheet" href="([^"]+)" \/>/;
const MODULE = /<script type="module" src="([^"]+)"><\/script>/g;
const ELEMENT = /(?<=<hm-calls\b[^>]*>)(?=<\/hm-calls>)/;

/** A page in two halves, with the place of the rows between them. */
interface Halves {
  readonly before: string;
  readonly after: string;
  readonly policy: string;
}

/**
 * Pages that hold `<hm-calls>`, with the newest calls in their HTML. Only for somebody who opens such a page without any
 * wishes in its address; never for another site, nor for what is not a page being opened; and only where the source
 * answers at once.
 */
export class FirstRowsPages {
  readonly #source: Source;
  readonly #files: StaticFiles;
  readonly #halves = new Map<StaticFile, Halves | null>();

  constructor(source: Source, files: StaticFiles) {
    this.#source = source;
    this.#files = files;
  }

  /** The page with its rows, or null where it is to be served as it is built. */
  async answer(context: Context, page: StaticFile): Promise<Response | null> {
    if (!mayHaveRows(context)) return null;
    // Loaded with the first page that is opened.
    const { FIRST_ROWS_COUNT, FIRST_ROWS_STYLE, writeFirstRows } = await import('../first-rows/first-rows.js');
    const halves = this.#split(page, FIRST_ROWS_STYLE);
    if (halves === null) return null;
    const query = parseQuery(callsQuery, new URLSearchParams({ limit: String(FIRST_ROWS_COUNT) }));
    const answer = await within(LONGEST_WAIT_MS, this.#source.calls(query));
    if (answer === null || answer.calls.length === 0) return null;
    const bytes = Buffer.from(halves.before + writeFirstRows(answer) + halves.after, 'utf8');
    return new Response(bytes, {
      headers: {
        ...PAGE_HEADERS,
        'Content-Security-Policy': halves.policy,
        // As with the API: nothing of what was recorded is left behind in a browser's cache on disk.
        'Cache-Control': 'no-store',
        'Content-Type': page.type,
        'Content-Length': String(bytes.length),
      },
    });
  }

  #split(page: StaticFile, rowsStyle: string): Halves | null {
    let halves = this.#halves.get(page);
    if (halves === undefined) {
      const html = Buffer.from(page.bytes).toString('utf8');
      const style = this.#read(STYLESHEET.exec(html)?.[1]);
      const script = this.#read('/elements/first-frame.js');
      halves = style === null || script === null ? null : splitPage(html, { style, rowsStyle, script });
      this.#halves.set(page, halves);
    }
    return halves;
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

/** The stylesheet comes to stand in the page, and its modules are fetched but wait, so that nothing is before the rows. */
function splitPage(html: string, texts: { style: string; rowsStyle: string; script: string }): Halves | null {
  const [before, after] = html.split(ELEMENT);
  if (before === undefined || after === undefined) return null;
  const script = `(()=>{${texts.script}})()`;
  const end = '</hm-calls>';
  return {
    before: before
      .replace(STYLESHEET, () => `<style>${texts.style}</style>`)
      .replace(MODULE, '<link rel="modulepreload" href="$1" data-start />'),
    after: `${end}<script>${script}</script>${after.slice(end.length)}`,
    policy: writePagePolicy({ styles: [texts.style, texts.rowsStyle], scripts: [script] }),
  };
}
