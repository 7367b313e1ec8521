import type { Problem } from './problem.js';

/** A 400 that names one query parameter. */
export class QueryError extends Error {
  constructor(
    readonly parameter: string,
    detail: string,
  ) {
    super(detail);
  }

  toProblem(): Problem {
    return {
      type: 'about:blank',
      title: 'Bad query parameter',
      status: 400,
      detail: this.message,
      parameter: this.parameter,
    };
  }
}
