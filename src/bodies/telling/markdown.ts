import { Lexer, type Token, type Tokens } from 'marked';
import { tell, type Told } from './told.js';

/**
 * Markdown from the parser's tokens: no HTML is ever made of it. Addresses are told, not linked; pictures are named, not
 * fetched; tags stand there as they were written.
 */

const DEEPEST = 24;

/** Null where the text can't be read as Markdown, or nests deeper than anyone writes. */
export function tellMarkdown(text: string): Told | null {
  let tokens: Token[];
  try {
    tokens = new Lexer({ gfm: true }).lex(text);
  } catch {
    return null;
  }
  return depthOf(tokens) > DEEPEST ? null : tellTokens(tokens);
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

function tellTokens(tokens: readonly Token[] | undefined): Told {
  return joinTexts(tokens ?? []).map(tellToken);
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

function tellToken(token: Token): Told {
  const inner = (): Told => tellTokens((token as Nested).tokens);
  switch (token.type) {
    case 'space':
    case 'def':
      return '';
    case 'heading':
      return tell('heading', inner(), `heading depth-${(token as Tokens.Heading).depth}`);
    case 'paragraph':
      return tell('p', inner());
    case 'blockquote':
      return tell('blockquote', inner());
    case 'code': {
      const { text, lang } = token as Tokens.Code;
      return { tag: 'program', language: lang ?? '', code: text };
    }
    case 'list':
      return tellList(token as Tokens.List);
    case 'table':
      return tellTable(token as Tokens.Table);
    case 'hr':
      return tell('hr');
    case 'br':
      return tell('br');
    case 'strong':
      return tell('b', inner());
    case 'em':
      return tell('em', inner());
    case 'del':
      return tell('s', inner());
    case 'codespan':
      return tell('code', (token as Tokens.Codespan).text);
    case 'link': {
      const { href, text } = token as Tokens.Link;
      const isBare = text === href || `mailto:${text}` === href;
      return isBare ? tell('span', text, 'address') : [inner(), ' ', tell('span', href, 'address')];
    }
    case 'image': {
      const { text, href } = token as Tokens.Image;
      return tell('span', ['picture, not fetched: ', text, ' ', tell('span', href, 'address')], 'note');
    }
    case 'escape':
      return (token as Tokens.Escape).text;
    case 'text': {
      const { tokens, raw } = token as Tokens.Text;
      return tokens === undefined ? raw : inner();
    }
    default:
      return token.raw;
  }
}

function tellList({ ordered, start, items, loose }: Tokens.List): Told {
  const lines = items.map(({ tokens, task, checked }) => {
    const box = task ? (checked ? '☑ ' : '☐ ') : '';
    return tell('li', [box, tellTokens(tokens.filter(({ type }) => type !== 'checkbox'))]);
  });
  const first = typeof start === 'number' && Number.isSafeInteger(start) ? start : 1;
  const list = { said: lines, className: loose ? 'loose' : '' };
  return ordered ? { tag: 'ol', start: first, ...list } : { tag: 'ul', ...list };
}

function tellTable({ header, rows }: Tokens.Table): Told {
  const cells = (tag: 'column' | 'td', row: readonly Tokens.TableCell[]): Told =>
    tell(
      'tr',
      row.map(({ tokens }) => tell(tag, tellTokens(tokens))),
    );
  const table = tell('table', [
    tell('thead', cells('column', header)),
    tell(
      'tbody',
      rows.map((row) => cells('td', row)),
    ),
  ]);
  return tell('scroller', table);
}
