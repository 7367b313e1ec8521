import { endOfString } from '../json-scan.js';
import { type JsonObject } from './rebuilt-stream.js';

/** Deeper than this no provider nests, and a parser or a writer may run out of stack. */
const DEEPEST = 500;

export type EventData = { readonly value: unknown } | { readonly problem: string };

/** The JSON of an event, or why there is none. */
export function parseEventData(data: string): EventData {
  if (isTooDeep(data)) return { problem: `nested deeper than ${DEEPEST} levels` };
  try {
    return { value: JSON.parse(data) as unknown };
  } catch {
    return { problem: 'not JSON' };
  }
}

function isTooDeep(data: string): boolean {
  let depth = 0;
  for (let at = 0; at < data.length; at++) {
    const sign = data[at];
    if (sign === '"') {
      at = endOfString(data, at, data.length) - 1;
      if (at < 0) return false;
    } else if (sign === '{' || sign === '[') {
      if (++depth > DEEPEST) return true;
    } else if (sign === '}' || sign === ']') {
      depth--;
    }
  }
  return false;
}

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const asObject = (value: unknown): JsonObject | null => (isObject(value) ? value : null);
export const asArray = (value: unknown): unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);
export const asString = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** A place in a list; null for what is none. Places are compared, never used to size an array. */
export const asIndex = (value: unknown): number | null =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;

/** Copies fields as own ones, whatever they are called: `__proto__` is a name like any other. */
export function copyFields(target: JsonObject, source: JsonObject): void {
  for (const key of Object.keys(source)) setField(target, key, source[key]);
}

export function setField(target: JsonObject, key: string, value: unknown): void {
  if (key !== '__proto__') target[key] = value;
  else Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
}

/** An object without some of its fields, in the same order. */
export function omit(source: JsonObject, ...keys: string[]): JsonObject {
  const copy: JsonObject = {};
  for (const key of Object.keys(source)) if (!keys.includes(key)) setField(copy, key, source[key]);
  return copy;
}
