/** How a body can be drawn best. */
export type BodyFormat = 'json' | 'events' | 'text';

const FIRST_FIELD = /^\ufeff?[\r\n]*(?:event|data|id|retry)?:/;
const NESTED = /^(?:\{\s*(?:["}]|$)|\[\s*(?:["{[\]\-\d]|true|false|null|$))/;
const SCALAR = /^(?:"|-?\d|true\b|false\b|null\b)/;

/** By what the text looks like; its content type decides only where that leaves a doubt, since an error answer may lie. */
export function detectFormat(text: string, contentType: string | null): BodyFormat {
  const start = text.slice(0, 1000).trimStart();
  if (NESTED.test(start)) return 'json';
  if (FIRST_FIELD.test(text.slice(0, 1000))) return 'events';
  return contentType?.includes('json') && SCALAR.test(start) ? 'json' : 'text';
}
