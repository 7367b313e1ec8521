import { endOfString, skipSpace } from './json-scan.js';

const INDENT = '  ';
/** Deeper levels are indented no further: a text of a hundred thousand levels would grow to gigabytes. */
const DEEPEST_INDENT = 60;

const TOKEN = /[{}[\],:]|[^\s"{}[\],:]+/y;

/**
 * JSON with line ends and indents: every token as written, so that numbers, escapes and equal keys stay. Where the text
 * is cut, so is this; of what is no JSON it makes anything. `start` to `end`: one value of it.
 */
export function prettyPrint(text: string, start: number, end: number): string {
  const parts: string[] = [];
  let depth = 0;
  let before = '';
  const breakLine = (): void => {
    parts.push(`\n${INDENT.repeat(Math.min(depth, DEEPEST_INDENT))}`);
  };
  for (let at = skipSpace(text, start, end); at < end; at = skipSpace(text, at, end)) {
    const stop = endOfToken(text, at, end);
    const written = text.slice(at, stop);
    at = stop;
    const isClose = written === '}' || written === ']';
    const isAfterOpen = before === '{' || before === '[';
    if (isClose) depth = Math.max(0, depth - 1);
    if (isClose ? !isAfterOpen : before === ',' || isAfterOpen) breakLine();
    parts.push(written === ':' ? ': ' : written);
    if (written === '{' || written === '[') depth++;
    before = written;
  }
  return parts.join('');
}

function endOfToken(text: string, at: number, end: number): number {
  if (text.charAt(at) === '"') {
    const stop = endOfString(text, at, end);
    return stop === -1 ? end : stop;
  }
  TOKEN.lastIndex = at;
  return Math.min(end, at + Math.max(1, TOKEN.exec(text)?.[0].length ?? 1));
}
