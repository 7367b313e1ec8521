import { FILTER_LISTS, FILTER_VALUES } from '../api/filter.js';
import { parseQuery } from '../api/parse-query.js';
import { projectsQuery } from '../api/query.js';
import { QueryError } from '../api/query-error.js';
import { escapeHtml, makePage } from './no-page.js';
import { hashOf, type StaticFile, type StaticFiles } from './static-files.js';

const ELEMENT = /^\/elements\/(hm-[a-z-]+)\.js$/;
/** Gives others what they show, and shows nothing itself. */
const NO_FRAME = new Set(['hm-scope']);

/** Pages that hold one element and nothing else, for a frame in any page on this machine. */
export class EmbedPages {
  readonly #tags: readonly string[];

  constructor(files: StaticFiles) {
    this.#tags = [...files.keys()].flatMap((path) => ELEMENT.exec(path)?.[1] ?? []).filter((tag) => !NO_FRAME.has(tag));
  }

  /** The page of an element; where there is none, one that names those there are. */
  find(tag: string, search: URLSearchParams): { readonly page: StaticFile; readonly status: number } {
    if (this.#tags.includes(tag)) return { page: writeEmbedPage(tag, findFilterFault(search)), status: 200 };
    return { page: writeNoElement(this.#tags), status: 404 };
  }
}

/** What is wrong with the names of the filter among others, in words, or null. Which others there are the element knows. */
function findFilterFault(search: URLSearchParams): string | null {
  const names: ReadonlySet<string> = new Set([...FILTER_LISTS, ...FILTER_VALUES]);
  const given = [...search].filter(([name]) => names.has(name));
  try {
    parseQuery(projectsQuery, new URLSearchParams([...given, ...new URLSearchParams(search.get('filter') ?? '')]));
    return null;
  } catch (error) {
    if (error instanceof QueryError) return error.message;
    throw error;
  }
}

function writeEmbedPage(tag: string, fault: string | null): StaticFile {
  const html = `<!doctype html>
<html lang="en" data-tag="${tag}"${fault === null ? '' : ` data-fault="${escapeHtml(fault)}"`}>
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <title>&lt;${tag}&gt; · hm-elements</title>
    <link rel="icon" href="/favicon.svg" />
    <link rel="stylesheet" href="/page.css" />
    <link rel="stylesheet" href="/embed.css" />
    <script type="module" src="/elements/${tag}.js"></script>
    <script type="module" src="/elements/embed-frame.js"></script>
  </head>
  <body>
    <p class="late">If nothing comes to stand here: the frame needs scripts, and in a sandbox both allow-scripts and allow-same-origin.</p>
  </body>
</html>
`;
  return makeFrame(Buffer.from(html, 'utf8'));
}

function writeNoElement(tags: readonly string[]): StaticFile {
  const links = tags.map((tag) => `<li><a href="/embed/${tag}">&lt;${tag}&gt;</a></li>`).join('\n        ');
  const { bytes } = makePage(
    'No such element',
    `
    <main>
      <h1>No such element</h1>
      <p>A frame can hold one of these:</p>
      <ul>
        ${links}
      </ul>
    </main>`,
  );
  return makeFrame(bytes);
}

function makeFrame(bytes: Uint8Array<ArrayBuffer>): StaticFile {
  return { bytes, type: 'text/html; charset=utf-8', etag: hashOf(bytes), role: 'frame', isImmutable: false };
}
