/** Why an answer could not be had. Elements choose their words by these classes. */

/** No answer: nothing listens there, the page may not ask it, or it took too long. */
export class UnreachableError extends Error {
  constructor(origin: string, reason: string) {
    super(`${shortOrigin(origin)} ${reason}`);
  }
}

/** An answer that says no, with the server's own reason. */
export class ProblemError extends Error {
  constructor(
    origin: string,
    /** Of HTTP. */
    readonly status: number,
    detail: string,
  ) {
    super(`${shortOrigin(origin)} answered ${status}: ${detail}`);
  }
}

/** An answer that isn't what the contract says. */
export class ContractError extends Error {
  constructor(origin: string, path: string, reason: string) {
    super(`${shortOrigin(origin)} answered ${path} in an unknown form: ${reason}`);
  }
}

/** An origin as people write it: without the scheme when it is plain http. */
export function shortOrigin(origin: string): string {
  return origin.replace(/^http:\/\//, '');
}
