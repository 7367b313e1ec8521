/** Bytes of JavaScript, gzip, that the index page may load before any click. */
export const PAGE_LIMIT: number;
/** The same that one chosen call may load until its conversation is drawn. */
export const VIEWER_LIMIT: number;

/** The same of a page that has one element alone, in view: projects or status, prices, and calls until rows are drawn. */
export const ELEMENT_LIMIT: number;
export const PRICES_REST_LIMIT: number;
export const CALLS_LIMIT: number;

/** Calls with the costs over time, which come after the rows. */
export const CALLS_REST_LIMIT: number;

export interface Measured {
  readonly name: string;
  readonly limit: number;
  /** Every file with what it weighs, dearest first. */
  readonly parts: readonly (readonly [part: string, bytes: number])[];
  readonly total: number;
}

/** What the index page loads before any click. */
export function measurePage(dist: URL): Promise<Measured>;

export type MeasuredElement = 'hm-projects.js' | 'hm-status.js' | 'hm-pricing.js' | 'hm-calls.js';

/** One element's module with everything it imports, and what it loads once it is in view, until its data are drawn. */
export function measureEntry(dist: URL, entry: MeasuredElement): Promise<Measured>;

/** What hm-body-viewer.js loads until the conversation of one chosen call is drawn. */
export function measureViewer(dist: URL): Promise<Measured>;

/** The chunk that rollup named so, below `elements/`. */
export function findChunk(dist: URL, name: string): Promise<string>;

/** Bytes of one file below `elements/`, gzip. */
export function weighModule(dist: URL, module: string): Promise<number>;

/** Files below `elements/` that a module and all it imports are: what `import()` of it loads. */
export function listModules(dist: URL, entry: string): Promise<string[]>;
