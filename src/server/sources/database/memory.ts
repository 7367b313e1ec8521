interface Remembered {
  readonly version: string;
  readonly value: unknown;
}

const MAX_REMEMBERED = 64;

/** Answers that hold as long as the database does not change. */
export class Memory {
  readonly #entries = new Map<string, Remembered>();

  /** The value that `compute` gave for this key and version, or gives now. */
  recall<T>(key: string, version: string, compute: () => T): T {
    const known = this.#entries.get(key);
    this.#entries.delete(key);
    const entry = known?.version === version ? known : { version, value: compute() };
    this.#entries.set(key, entry);
    if (this.#entries.size > MAX_REMEMBERED) this.#entries.delete(this.#entries.keys().next().value!);
    return entry.value as T;
  }
}
