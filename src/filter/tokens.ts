/** The filter's text cut into terms, each with its place, so that a mistake can be shown where it stands. */

/** A stretch of a term's value: what stands in quotes is literal. */
export interface Piece {
  readonly text: string;
  readonly isQuoted: boolean;
}

export interface Token {
  readonly start: number;
  readonly end: number;
  /** Starts with `-`. */
  readonly isExcluded: boolean;
  /** In small letters; null for words and phrases. */
  readonly name: string | null;
  /** `:`, `~`, `>`, `>=`, `<` or `<=`; empty without a name. `=` counts as `:`. */
  readonly operator: string;
  /** Where the value starts. */
  readonly valueStart: number;
  readonly pieces: readonly Piece[];
  /** False where a quote is missing at its end. */
  readonly isClosed: boolean;
}

/** `=` and `~` stand in all kinds of words, so they count behind known names only. */
const HEAD = /([a-z_]+)(:|>=|>|<=|<|=|~)/iy;
const SPACE = /\s*/y;
const BARE = /[^\s"]+/y;
const QUOTED = /"((?:[^"\\]|\\[^])*)("?)/y;
const ESCAPE = /\\(?:(["\\])|u\{([0-9a-f]{1,6})\})/gi;

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** `\"`, `\\` and `\u{a}` stand for a character; every other backslash for itself, as in `C:\Users`. */
function unescape(text: string): string {
  return text.replace(ESCAPE, (whole, literal: string | undefined, code: string | undefined) => {
    if (literal !== undefined) return literal;
    const point = parseInt(code!, 16);
    return point > 0x10ffff ? whole : String.fromCodePoint(point);
  });
}

export function readTokens(text: string, isKnown: (name: string) => boolean): Token[] {
  const tokens: Token[] = [];
  for (let at = skipSpace(text, 0); at < text.length; at = skipSpace(text, at)) {
    const token = readToken(text, at, isKnown);
    tokens.push(token);
    at = token.end;
  }
  return tokens;
}

function skipSpace(text: string, at: number): number {
  return at + matchAt(SPACE, text, at)![0].length;
}

function readToken(text: string, start: number, isKnown: (name: string) => boolean): Token {
  const isExcluded = text[start] === '-';
  let at = start + (isExcluded ? 1 : 0);
  const head = matchAt(HEAD, text, at);
  const found = head?.[1]!.toLowerCase() ?? '';
  const hasName = head !== null && (!/[=~]/.test(head[2]!.slice(0, 1)) || isKnown(found));
  if (hasName) at += head[0].length;
  const valueStart = at;
  const pieces: Piece[] = [];
  let isClosed = true;
  for (;;) {
    const bare = matchAt(BARE, text, at);
    const quoted = bare ? null : matchAt(QUOTED, text, at);
    if (bare) pieces.push({ text: bare[0], isQuoted: false });
    else if (quoted) {
      pieces.push({ text: unescape(quoted[1]!), isQuoted: true });
      isClosed = quoted[2] === '"';
    } else break;
    at += (bare ?? quoted)![0].length;
  }
  return {
    start,
    end: at,
    isExcluded,
    name: hasName ? found : null,
    operator: hasName ? (head[2] === '=' ? ':' : head[2]!) : '',
    valueStart,
    pieces,
    isClosed,
  };
}

/** What stands in a term, quotes and escapes taken off. */
export const valueOf = (token: Token): string => token.pieces.map(({ text }) => text).join('');
