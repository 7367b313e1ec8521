import { FindError } from '../bodies/find-error.js';
import type { Refusal } from '../bodies/worker/protocol.js';
import { ContractError, ProblemError, UnreachableError } from '../daemon/errors.js';

/** Errors that are told apart by their class, on both sides of a worker. */
const CLASSES = { ContractError, FindError, ProblemError, UnreachableError };

export function toRefusal(error: unknown): Refusal {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) };
  const known = Object.entries(CLASSES).find(([, type]) => error instanceof type)?.[0];
  const status = error instanceof ProblemError ? { status: error.status } : {};
  return { name: known ?? error.name, message: error.message, ...status };
}

/** The error that was refused with, of the same class as far as anybody asks. */
export function toError({ name, message, status }: Refusal): Error {
  if (name === 'AbortError') return new DOMException(message, name);
  const error = new Error(message);
  const type = Object.entries(CLASSES).find(([known]) => known === name)?.[1];
  if (type === undefined) return Object.assign(error, { name });
  Object.setPrototypeOf(error, type.prototype);
  return Object.assign(error, { name }, status === undefined ? {} : { status });
}
