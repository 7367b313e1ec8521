import { html, nothing, type TemplateResult } from 'lit';
import { Lexer, type Token, type Tokens } from 'marked';
import { renderMarked } from './body-marked.js';

/**
 * Markdown as templates, from the parser's tokens: no HTML is ever made of it. Addresses are shown, not linked; pictures
 * are named, not fetched; tags stand there as they were written.
 */

const DEEPEST = 24;

/** Null where the text can't be read as Markdown, or nests deeper than anyone writes. */
export function renderMarkdown(text: string, copy: (text: string) => void): unknown {
  let tokens: Token[];
  try {
    tokens = new Lexer({ gfm: true }).lex(text);
  } catch {
    return null;
  }
  if (depthOf(tokens) > DEEPEST) return null;
  return renderTokens(tokens, copy);
}

type Nested = Token & { readonly tokens?: readonly Token[]; readonly items?: readonly Token[] };

function depthOf(tokens: readonly Token[]): number {
  let depth = 0;
  for (let level = tokens; level.length > 0; depth++) {
    level = level.flatMap((token) => {
      const { tokens: inner = [], items = [] } = token as Nested;
      return [...inner, ...items];
    });
  }
  return depth;
}

function renderTokens(tokens: readonly Token[] | undefined, copy: (text: string) => void): unknown {
  return joinTexts(tokens ?? []).map((token) => renderToken(token, copy));
}

/** The parser ends a text at each bracket that could begin a link, and so in the middle of a redaction mark. */
function joinTexts(tokens: readonly Token[]): Token[] {
  const joined: Token[] = [];
  for (const token of tokens) {
    const last = joined.at(-1);
    if (last && isPlainText(last) && isPlainText(token))
      joined[joined.length - 1] = { ...last, raw: last.raw + token.raw };
    else joined.push(token);
  }
  return joined;
}

function isPlainText(token: Token): token is Tokens.Text {
  return token.type === 'text' && (token as Tokens.Text).tokens === undefined;
}

function renderToken(token: Token, copy: (text: string) => void): unknown {
  const inner = (): unknown => renderTokens((token as Nested).tokens, copy);
  switch (token.type) {
    case 'space':
    case 'def':
      return nothing;
    case 'heading':
      return html`<p class="heading depth-${(token as Tokens.Heading).depth}" role="heading" aria-level="4">
        ${inner()}
      </p>`;
    case 'paragraph':
      return html`<p>${inner()}</p>`;
    case 'blockquote':
      return html`<blockquote>${inner()}</blockquote>`;
    case 'code':
      return renderCode(token as Tokens.Code, copy);
    case 'list':
      return renderList(token as Tokens.List, copy);
    case 'table':
      return renderTable(token as Tokens.Table, copy);
    case 'hr':
      return html`<hr />`;
    case 'br':
      return html`<br />`;
    case 'strong':
      return html`<b>${inner()}</b>`;
    case 'em':
      return html`<em>${inner()}</em>`;
    case 'del':
      return html`<s>${inner()}</s>`;
    case 'codespan':
      return html`<code>${renderMarked((token as Tokens.Codespan).text)}</code>`;
    case 'link':
      return renderLink(token as Tokens.Link, inner());
    case 'image': {
      const { text, href } = token as Tokens.Image;
      return html`<span class="note"
        >picture, not fetched: ${renderMarked(text)} <span class="address">${renderMarked(href)}</span></span
      >`;
    }
    case 'escape':
      return renderMarked((token as Tokens.Escape).text);
    case 'text': {
      const { tokens, raw } = token as Tokens.Text;
      return tokens === undefined ? renderMarked(raw) : inner();
    }
    default:
      return renderMarked(token.raw);
  }
}

function renderLink({ href, text }: Tokens.Link, inner: unknown): TemplateResult {
  const isBare = text === href || `mailto:${text}` === href;
  return isBare
    ? html`<span class="address">${renderMarked(text)}</span>`
    : html`${inner} <span class="address">${renderMarked(href)}</span>`;
}

function renderCode({ text, lang }: Tokens.Code, copy: (text: string) => void): TemplateResult {
  return html`<div class="code">
    ${lang ? html`<p class="note">${renderMarked(lang)}</p>` : nothing}
    <div class="program"><div class="chunk">${renderMarked(text)}</div></div>
    <button class="copy" type="button" @click=${() => copy(text)}>Copy</button>
  </div>`;
}

function renderList({ ordered, start, items, loose }: Tokens.List, copy: (text: string) => void): TemplateResult {
  const lines = items.map(({ tokens, task, checked }) => {
    const box = task ? (checked ? '☑ ' : '☐ ') : nothing;
    const shown = tokens.filter(({ type }) => type !== 'checkbox');
    return html`<li>${box}${renderTokens(shown, copy)}</li>`;
  });
  const first = typeof start === 'number' && Number.isSafeInteger(start) ? start : 1;
  return ordered
    ? html`<ol class=${loose ? 'loose' : ''} start=${first}>
        ${lines}
      </ol>`
    : html`<ul class=${loose ? 'loose' : ''}>
        ${lines}
      </ul>`;
}

function renderTable({ header, rows }: Tokens.Table, copy: (text: string) => void): TemplateResult {
  return html`<div class="scroller" tabindex="0" role="group" aria-label="Table">
    <table>
      <thead>
        <tr>
          ${header.map(({ tokens }) => html`<th scope="col">${renderTokens(tokens, copy)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${row.map(({ tokens }) => html`<td>${renderTokens(tokens, copy)}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
