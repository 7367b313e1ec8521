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
