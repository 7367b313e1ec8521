import { endOfString } from '../json-scan.js';

const NUMBER = /-?[\d.]+(?:[eE][+-]?\d*)?/y;
const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const SPACE = ' \t\n\r';
const WORD = /true|false|null/y;

/**
 * Arguments that may end in the middle, parsed as far as they say something whole: an unfinished string, number or word is
 * left out, a name without its value too, open brackets are closed. Undefined for what is no JSON.
 */
export function parsePartialJson(text: string): unknown {
  try {
    return JSON.parse(closeJson(text)) as unknown;
  } catch {
    return undefined;
  }
}

/** `text` up to the last place where it could have been closed, and closed there. */
function closeJson(text: string): string {
  // What is open changes only where it could be closed.
  const open: string[] = [];
  let isName = false;
  let end = 0;
  let at = 0;
  while (at < text.length) {
    const sign = text[at]!;
    if (sign === '{' || sign === '[') {
      open.push(sign === '{' ? '}' : ']');
      isName = sign === '{';
      end = ++at;
    } else if (sign === '}' || sign === ']') {
      if (open.pop() !== sign) return text;
      isName = false;
      end = ++at;
    } else if (sign === ',') {
      isName = open.at(-1) === '}';
      at++;
    } else if (sign === ':') {
      isName = false;
      at++;
    } else if (SPACE.includes(sign)) {
      at++;
    } else {
      const stop = endOfScalar(text, at);
      if (stop === -1) return text;
      if (stop === null) break;
      at = stop;
      if (!isName) end = at;
    }
  }
  return text.slice(0, end) + open.reverse().join('');
}

/** Where a string, number or word ends; null where the text ends first; -1 where there is none. */
function endOfScalar(text: string, at: number): number | null {
  if (text[at] === '"') {
    const stop = endOfString(text, at, text.length);
    return stop === -1 ? null : stop;
  }
  NUMBER.lastIndex = at;
  const number = NUMBER.exec(text)?.[0];
  if (number !== undefined) {
    const stop = at + number.length;
    // More digits may have followed.
    if (stop === text.length) return null;
    return JSON_NUMBER.test(number) ? stop : -1;
  }
  WORD.lastIndex = at;
  if (WORD.test(text)) return WORD.lastIndex;
  const rest = text.slice(at, at + 5);
  const isStart = ['true', 'false', 'null', '-'].some((word) => word.startsWith(rest));
  return isStart && at + rest.length === text.length ? null : -1;
}
