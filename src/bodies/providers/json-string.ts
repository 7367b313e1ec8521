const CUT_ESCAPE = /\\(?:u[\da-fA-F]{0,3})?$/;
const BACKSLASH = 0x5c;
const ESCAPE = /\\(?:u([\da-fA-F]{4})|(["\\/bfnrt]))/g;
const CONTROLS: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** A name as a token of a JSON Pointer. */
export const escapePointer = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

/** A string as written, decoded up to its end or the cut; what is no proper escape stays as it stands. */
export function decodeString(written: string): string {
  const closed = isClosed(written);
  const inner = written.slice(1, closed ? -1 : undefined);
  if (!inner.includes('\\')) return inner;
  try {
    return String(JSON.parse(`"${inner}"`));
  } catch {
    const readable = closed ? inner : dropCutEscape(inner);
    return readable.replace(ESCAPE, (_all, code: string | undefined, sign: string | undefined) => {
      if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
      return CONTROLS[sign!] ?? sign!;
    });
  }
}

function isClosed(written: string): boolean {
  const last = written.length - 1;
  return last > 0 && written.endsWith('"') && countBackslashes(written, last) % 2 === 0;
}

/** How many backslashes stand right before `end`. */
function countBackslashes(text: string, end: number): number {
  let at = end;
  while (at > 0 && text.charCodeAt(at - 1) === BACKSLASH) at--;
  return end - at;
}

/** Without an escape that ends in the middle; a pair of backslashes is a whole one. */
function dropCutEscape(inner: string): string {
  const cut = CUT_ESCAPE.exec(inner.slice(-6));
  if (cut === null) return inner;
  const at = inner.length - Math.min(6, inner.length) + cut.index;
  return countBackslashes(inner, at) % 2 === 0 ? inner.slice(0, at) : inner;
}
