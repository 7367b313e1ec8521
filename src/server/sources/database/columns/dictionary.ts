/** The distinct texts of one field, each with a number of its own. Null is a value like any other. */
export class Dictionary {
  readonly #codes = new Map<string | null, number>();
  readonly #values: (string | null)[] = [];

  /** In the order in which they were first seen; the place is the code. */
  get values(): readonly (string | null)[] {
    return this.#values;
  }

  encode(value: string | null): number {
    let code = this.#codes.get(value);
    if (code === undefined) {
      code = this.#values.push(value) - 1;
      this.#codes.set(value, code);
    }
    return code;
  }
}
