/**
 * The check at the browser's door: every field of an answer is there, and of its kind. What an answer is stands in
 * `src/api` as zod shapes; a `Shape` is their type written out again as a value, so that the compiler refuses one that
 * misses a field or gets its kind wrong. zod itself stays in the server: here it would outweigh most elements.
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

type AnyShape = string | readonly AnyShape[] | { readonly [field: string]: AnyShape };

const KINDS: Readonly<Record<string, string>> = { s: 'string', n: 'number', b: 'boolean' };

/** The first place where a value is not of its shape, as `calls.3.id: …`; null where there is none. */
export function findFault(value: unknown, shape: AnyShape, path = ''): string | null {
  if (typeof shape === 'string') {
    const [kind, nullable] = shape;
    if ((value === null && nullable) || typeof value === KINDS[kind!]) return null;
    return describeFault(path, KINDS[kind!]!, value);
  }
  if (Array.isArray(shape)) {
    const [first, inner] = shape as readonly AnyShape[];
    if (first === '?') return value === null ? null : findFault(value, inner!, path);
    if (first === '!') return value === undefined ? null : findFault(value, inner!, path);
    if (!Array.isArray(value)) return describeFault(path, 'list', value);
    return findFirst(value.entries(), () => first!, path);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return describeFault(path, 'object', value);
  const fields = shape as Readonly<Record<string, AnyShape>>;
  const every = fields['*'];
  if (every !== undefined) return findFirst(Object.entries(value), () => every, path);
  const answer = value as Readonly<Record<string, unknown>>;
  return findFirst(
    Object.keys(fields).map((name) => [name, answer[name]] as const),
    (name) => fields[name]!,
    path,
  );
}

function findFirst<K extends string | number>(
  entries: Iterable<readonly [name: K, value: unknown]>,
  shapeOf: (name: K) => AnyShape,
  path: string,
): string | null {
  for (const [name, value] of entries) {
    const fault = findFault(value, shapeOf(name), path === '' ? String(name) : `${path}.${name}`);
    if (fault !== null) return fault;
  }
  return null;
}

function describeFault(path: string, expected: string, value: unknown): string {
  const found =
    value === undefined ? 'missing' : value === null ? 'null' : Array.isArray(value) ? 'a list' : `a ${typeof value}`;
  return `${path || 'the answer'} is ${found}, not a ${expected}`;
}
