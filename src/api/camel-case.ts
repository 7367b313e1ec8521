/** The contract's one crossing from wire names (snake_case) to names in the program (camelCase). */

type CamelKey<K extends string> = K extends `${infer Head}_${infer Tail}` ? `${Head}${Capitalize<CamelKey<Tail>>}` : K;

/** The same shape with camelCase keys. Open records (`Record<string, …>`) keep theirs: they are data. */
export type CamelCased<T> = T extends readonly (infer Item)[]
  ? CamelCased<Item>[]
  : T extends object
    ? string extends keyof T
      ? T
      : { [K in keyof T as K extends string ? CamelKey<K> : K]: CamelCased<T[K]> }
    : T;

/** Fields whose keys are data (redaction categories), not names of the contract. */
const RECORD_FIELDS: readonly string[] = ['categories', 'redactions'];

const known = new Map<string, string>();

/** A wire name as the program has it. */
export function camelKey<K extends string>(key: K): CamelKey<K> {
  let camel = known.get(key);
  if (camel === undefined) {
    camel = key.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
    known.set(key, camel);
  }
  return camel as CamelKey<K>;
}

/** Renames the keys of a checked answer, deep, once, where it enters the browser. */
export function fromWire<T>(value: T): CamelCased<T>;
export function fromWire(value: unknown): unknown {
  if (Array.isArray(value)) return (value as unknown[]).map(fromWire);
  if (typeof value !== 'object' || value === null) return value;
  const renamed: Record<string, unknown> = {};
  for (const [key, field] of Object.entries(value)) {
    renamed[camelKey(key)] = RECORD_FIELDS.includes(key) ? field : fromWire(field as unknown);
  }
  return renamed;
}
