/**
 * The check at the browser's door: every field that is read of an answer is there, and of its kind. What an answer is
 * stands in `src/api` as zod shapes; a `Shape` is their type, or the part of it that is shown, written out again as a
 * value, so that the compiler refuses one that misses a field or gets its kind wrong. zod itself stays in the server:
 * here it would outweigh most elements.
 */

/**
 * `s` text, `n` number, `b` true or false, and with `?` behind it null as well. `[item]` is a list, `['?', shape]` null
 * or that shape, `['!', shape]` a field that may be missing, `{'*': shape}` a record with any keys.
 */
export type Shape<T> = undefined extends T
  ? readonly ['!', Shape<Exclude<T, undefined>>]
  : null extends T
    ? Shape<Exclude<T, null>> extends infer S extends string
      ? `${S}?`
      : readonly ['?', Shape<Exclude<T, null>>]
    : T extends string
      ? 's'
      : T extends number
        ? 'n'
        : T extends boolean
          ? 'b'
          : T extends readonly (infer Item)[]
            ? readonly [Shape<Item>]
            : string extends keyof T
              ? { readonly '*': Shape<T[keyof T]> }
              : { readonly [K in keyof T]-?: Shape<T[K]> };

type FieldShapes = { readonly [field: string]: AnyShape };
type AnyShape = string | readonly AnyShape[] | FieldShapes;

const KINDS: Readonly<Record<string, string>> = { s: 'string', n: 'number', b: 'boolean' };

/** The first place where a value is not of its shape, as `calls.3.id is …`; null where there is none. */
export function findFault(value: unknown, shape: AnyShape, path = ''): string | null {
  if (typeof shape === 'string') {
    const [kind, nullable] = shape;
    const expected = KINDS[kind!]!;
    return typeof value === expected || (value === null && nullable) ? null : describeFault(path, expected, value);
  }
  const isList = isListShape(shape);
  const [first, inner] = isList ? shape : [shape['*']];
  if (inner !== undefined) return value === (first === '?' ? null : undefined) ? null : findFault(value, inner, path);
  if (typeof value !== 'object' || value === null || Array.isArray(value) !== isList) {
    return describeFault(path, isList ? 'list' : 'object', value);
  }
  for (const name of Object.keys(first === undefined ? shape : value)) {
    const field = (value as Readonly<Record<string, unknown>>)[name];
    const fault = findFault(field, first ?? (shape as FieldShapes)[name]!, path ? `${path}.${name}` : name);
    if (fault !== null) return fault;
  }
  return null;
}

const isListShape: (shape: Exclude<AnyShape, string>) => shape is readonly AnyShape[] = Array.isArray;

function describeFault(path: string, expected: string, value: unknown): string {
  const found = (JSON.stringify(value) as string | undefined)?.slice(0, 40) ?? 'missing';
  return `${path || 'the answer'} is ${found}, not a ${expected}`;
}
