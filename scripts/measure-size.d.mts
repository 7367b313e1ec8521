/** Bytes of JavaScript, gzip, that the index page may load before any click. */
export const PAGE_LIMIT: number;
/** The same that one chosen call may load until its conversation is drawn. */
export const VIEWER_LIMIT: number;

export interface Measured {
  readonly name: string;
  readonly limit: number;
  /** Every file with what it weighs, dearest first. */
  readonly parts: readonly (readonly [part: string, bytes: number])[];
  readonly total: number;
}

/** What the index page loads before any click. */
export function measurePage(dist: URL): Promise<Measured>;

/** One element's module with everything it imports. */
export function measureEntry(dist: URL, entry: string): Promise<Measured>;

/** What hm-calls.js loads, once it is in view, until its rows are drawn. */
export function measureRows(dist: URL): Promise<Measured>;

/** What hm-body-viewer.js loads until the conversation of one chosen call is drawn. */
export function measureViewer(dist: URL): Promise<Measured>;

/** Files below `elements/` that a module and all it imports are: what `import()` of it loads. */
export function listModules(dist: URL, entry: string): Promise<string[]>;
