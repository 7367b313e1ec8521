import * as z from 'zod/mini';

/** What the source answered does not have the shape that the contract promises: places and rules, never the values. */
export class ContractError extends Error {
  constructor(readonly places: readonly string[]) {
    super('An answer broke the contract.');
  }
}

/** Path names of a broken answer that are the contract's own; anything else could be data (a redaction category). */
const CONTRACT_NAME = /^[a-z0-9_]{1,40}$/;

/**
 * The bytes of a value as JSON.
 * @throws ContractError where the value does not have the shape.
 */
export function writeJson(shape: z.core.$ZodType, value: unknown): Uint8Array<ArrayBuffer> {
  const parsed = z.safeParse(shape, value);
  if (!parsed.success) {
    throw new ContractError(
      parsed.error.issues.slice(0, 5).map((issue) => {
        const names = issue.path.map((name) => (CONTRACT_NAME.test(String(name)) ? String(name) : '…'));
        return `${names.join('.')}: ${issue.code}`;
      }),
    );
  }
  return new TextEncoder().encode(JSON.stringify(parsed.data));
}
