const KNOWN_TAGS = 200;

/** The tags of recent answers, each with the version of the database that it was made from. */
export class TagMemory {
  readonly #known = new Map<string, { readonly version: string; readonly etag: string }>();

  /** The tag of this address, if the answer that it stands for would still be the same. */
  find(address: string, version: string): string | undefined {
    const entry = this.#known.get(address);
    return entry?.version === version ? entry.etag : undefined;
  }

  remember(address: string, version: string, etag: string): void {
    this.#known.delete(address);
    this.#known.set(address, { version, etag });
    if (this.#known.size > KNOWN_TAGS) this.#known.delete(this.#known.keys().next().value!);
  }
}
