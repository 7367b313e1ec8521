/**
 * `silent`: nobody answered, or not to the end; `unusable`: an answer came that nothing can be made of. `status` is the
 * HTTP status where one came.
 */
export class V1Error extends Error {
  constructor(
    readonly kind: 'silent' | 'unusable',
    /** The route that was asked, without its query: `GET /v1/projects`. */
    readonly route: string,
    /** What was wrong with its answer, as the end of a sentence that begins with the route. */
    readonly fault: string,
    readonly status: number | null = null,
  ) {
    super(`${route} ${fault}.`);
  }
}
