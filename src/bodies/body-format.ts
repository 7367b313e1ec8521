/** How a body can be drawn best. */
export type BodyFormat = 'json' | 'events' | 'text';

const FIRST_FIELD = /^\ufeff?[\r\n]*(?:event|data|id|retry)?:/;
const NESTED = /^(?:\{\s*(?:["}]|$)|\[\s*(?:["{[\]\-\d]|true|false|null|$))/;

/**
 * By what the text looks like; its content type decides only where that leaves a doubt, since an error answer may lie.
 * What is said to be JSON is taken for it, so that the place at which it is none can be told.
 */
export function detectFormat(text: string, contentType: string | null): BodyFormat {
  const start = text.slice(0, 1000).trimStart();
  if (NESTED.test(start)) return 'json';
  if (FIRST_FIELD.test(text.slice(0, 1000))) return 'events';
  return contentType?.includes('json') && start !== '' ? 'json' : 'text';
}
