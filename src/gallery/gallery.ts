import { html, render, type TemplateResult } from 'lit';
import { readManifest } from '../daemon/manifest.js';
import { moduleOrigin } from '../daemon/origin.js';
import { type RecordedValues, readRecordedValues } from '../daemon/recorded-values.js';
import { renderError, renderLoading } from '../view/states.js';
import { renderDocTables } from './doc-tables.js';
import { type GalleryDocs, readDocs } from './element-docs.js';
import { Playground } from './playground.js';
import { renderProse } from './prose.js';
import { NOTHING_RECORDED } from './suggestions.js';
import { TokensPage } from './tokens-page.js';

/** The page of all elements, made of their manifest: one is shown, and lives, at a time. */

const TOKENS = 'tokens';

const root = document.querySelector<HTMLElement>('.gallery')!;
const playgrounds = new Map<string, Playground>();
const stop = new AbortController();
let docs: GalleryDocs | undefined;
let tokensPage: TokensPage | undefined;
let failure: unknown;

/** What the address asks for: a tag, `tokens`, or nothing. */
function readPlace(): string {
  return decodeURIComponent(location.hash.slice(1));
}

let isWaiting = false;

/** Draws once for all that changed at the same time. */
function update(): void {
  if (isWaiting) return;
  isWaiting = true;
  queueMicrotask(() => {
    isWaiting = false;
    render(renderPage(), root);
  });
}

function renderPage(): TemplateResult {
  if (docs === undefined) {
    return failure === undefined
      ? renderLoading('the elements')
      : renderError('the elements', failure, '', () => void start());
  }
  const place = readPlace();
  return html`<nav aria-label="Elements">
      <ul>
        ${renderLink('', 'Overview', place)} ${docs.elements.map(({ tag }) => renderLink(tag, `<${tag}>`, place))}
        ${renderLink(TOKENS, 'Tokens', place)}
      </ul>
    </nav>
    <article>${renderPlace(docs, place)}</article>`;
}

function renderLink(place: string, name: string, current: string): TemplateResult {
  return html`<li><a href=${`#${place}`} aria-current=${place === current ? 'page' : 'false'}>${name}</a></li>`;
}

function renderPlace(all: GalleryDocs, place: string): TemplateResult {
  if (place === TOKENS) {
    return html`<h2 tabindex="-1">Tokens</h2>
      ${(tokensPage ??= new TokensPage(all.tokens, update)).render()}`;
  }
  const shown = all.elements.find(({ tag }) => tag === place);
  if (shown === undefined) return renderOverview(all, place);
  return html`<h2 tabindex="-1">&lt;${shown.tag}&gt;</h2>
    <div class="description">${shown.description.map((text) => html`<p>${renderProse(text)}</p>`)}</div>
    ${findPlayground(all, shown.tag).render()} ${renderDocTables(shown)}`;
}

function findPlayground(all: GalleryDocs, tag: string): Playground {
  let playground = playgrounds.get(tag);
  if (playground === undefined) {
    const one = all.elements.find((element) => element.tag === tag)!;
    playground = new Playground(one, all.tokens, recorded(), update);
    playgrounds.set(tag, playground);
  }
  return playground;
}

let reading: Promise<RecordedValues> | undefined;

/** What is offered, read once and when it is first wanted. Where it can't be had nothing is: the element says why. */
function recorded(): Promise<RecordedValues> {
  return (reading ??= readRecordedValues(moduleOrigin(import.meta.url), stop.signal).catch(() => NOTHING_RECORDED));
}

function renderOverview({ elements }: GalleryDocs, place: string): TemplateResult {
  return html`<h2 tabindex="-1">Elements</h2>
    ${place === '' ? null : html`<p role="alert">There is no element <code>${place}</code>.</p>`}
    <p>
      Each works alone, in any page on this machine: one script and one tag. Open one to try its attributes and to copy
      what puts it in a page.
    </p>
    <div class="overview-list">
      <table>
        <thead>
          <tr>
            <th scope="col">Element</th>
            <th scope="col">What it shows</th>
          </tr>
        </thead>
        <tbody>
          ${elements.map(
            ({ tag, summary }) =>
              html`<tr>
                <th scope="row">
                  <a href=${`#${tag}`}><code>&lt;${tag}&gt;</code></a>
                </th>
                <td>${summary}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    <p>
      Small pages to start from: <a href="/examples/plain">one script and one tag</a>,
      <a href="/examples/scope">two elements that share a filter</a>, <a href="/examples/project">one project</a>.
    </p>`;
}

async function start(): Promise<void> {
  failure = undefined;
  update();
  try {
    docs = readDocs(await readManifest(moduleOrigin(import.meta.url), stop.signal));
  } catch (error) {
    failure = error;
  }
  update();
}

/** Another place is another page: it is read from its top, and keys go on from its heading. */
addEventListener('hashchange', () => {
  render(renderPage(), root);
  const place = readPlace();
  document.title = `${place === '' ? 'Elements' : place} · hm-elements`;
  scrollTo(0, 0);
  root.querySelector<HTMLElement>('h2')?.focus({ preventScroll: true });
});
void start();
