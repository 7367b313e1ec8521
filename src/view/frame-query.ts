import { FILTER_LISTS, FILTER_VALUES } from '../api/filter.js';
import { findNearest } from '../filter/nearest.js';

/** What an element takes from the page that holds it. */
export interface ElementAttributes {
  readonly tag: string;
  readonly names: readonly string[];
  /** Those of them that are there or not, and have no value. */
  readonly flags: readonly string[];
}

/** What the address of a frame asks for. */
export interface FrameWishes {
  /** Attributes by their names, as they are put on the element. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly colorScheme: string | null;
  /** What can not be meant, in sentences. */
  readonly faults: readonly string[];
}

const COLOR_SCHEME = 'color-scheme';
const SCHEMES = ['light', 'dark'];
const FILTER_NAMES: readonly string[] = [...FILTER_LISTS, ...FILTER_VALUES];

/**
 * Reads a frame's query: the element's attributes by their names, and the names of the filter beside them, which together
 * are its `filter`.
 */
export function readFrameQuery(search: string, { tag, names, flags }: ElementAttributes): FrameWishes {
  const attributes: Record<string, string> = {};
  const filter = new URLSearchParams();
  const faults: string[] = [];
  let colorScheme: string | null = null;
  const given = new URLSearchParams(search);
  for (const [name, value] of given) {
    const isRepeated = given.getAll(name).length > 1;
    if (name === 'filter' && names.includes(name)) {
      for (const [inner, text] of new URLSearchParams(value)) {
        if (FILTER_NAMES.includes(inner)) filter.append(inner, text);
        else faults.push(describeUnknown(inner, 'is no name of the filter', FILTER_NAMES));
      }
    } else if (isRepeated && (names.includes(name) || name === COLOR_SCHEME)) {
      faults.push(`${name} can be given once only.`);
    } else if (flags.includes(name)) {
      if (['', 'true', name].includes(value)) attributes[name] = '';
      else if (value !== 'false') faults.push(`${name} is true or false, not ${quote(value)}.`);
    } else if (names.includes(name)) attributes[name] = value;
    else if (FILTER_NAMES.includes(name)) filter.append(name, value);
    else if (name === COLOR_SCHEME) {
      if (SCHEMES.includes(value)) colorScheme = value;
      else faults.push(`${name} is light or dark, not ${quote(value)}.`);
    } else {
      const known = [...names, ...FILTER_NAMES, COLOR_SCHEME];
      faults.push(describeUnknown(name, `is no attribute of <${tag}> and no name of the filter`, known));
    }
  }
  if (!isDecodable(search)) faults.push('A percent sign in the address stands for no character.');
  if (filter.size > 0) attributes.filter = String(filter);
  return { attributes, colorScheme, faults: [...new Set(faults)] };
}

function describeUnknown(name: string, what: string, known: readonly string[]): string {
  const near = findNearest(name, known);
  return `${quote(name)} ${what}.${near === null ? '' : ` Is ${near} meant?`}`;
}

function quote(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}

function isDecodable(search: string): boolean {
  try {
    decodeURIComponent(search);
    return true;
  } catch {
    return false;
  }
}
