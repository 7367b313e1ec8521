/** Places by what stands there, each to be taken once, the first first. */
export class Places<Key> {
  readonly #queues = new Map<Key, { readonly places: number[]; next: number }>();

  add(key: Key, place: number): void {
    const queue = this.#queues.get(key);
    if (queue === undefined) this.#queues.set(key, { places: [place], next: 0 });
    else queue.places.push(place);
  }

  /** Null: none is left. */
  take(key: Key): number | null {
    const queue = this.#queues.get(key);
    return queue?.places[queue.next++] ?? null;
  }
}
