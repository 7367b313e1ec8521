/** What is kept of a call's bodies, in the two lowest bits of a call's marks. */
export const BODY_MARKS = ['none', 'stored', 'truncated', 'failed'] as const;

/** `row`: the daemon kept a row of its bodies, with or without a text; `uploaded`: it sent them to its vendor's cloud. */
export const MARK = { body: 3, redacted: 4, repeated: 8, row: 16, uploaded: 32 } as const;

/** Five counts in the order of the contract. */
export const TOKEN_FIELDS = ['input', 'output', 'thinking', 'cacheRead', 'cacheWrite'] as const;
export const TOKEN_COUNTS = TOKEN_FIELDS.length;

/** Marks that filters ask for; where the redacted one would be, that a call has no price. */
const MARK_FLAGS = MARK.body | MARK.repeated;
const UNPRICED_FLAG = MARK.redacted;
export const FLAG_BITS = 4;
export const FLAGS = 1 << FLAG_BITS;

/** The flags of a call, a number below FLAGS. */
export const flagsOf = (marks: number, cost: number): number =>
  (marks & MARK_FLAGS) | (cost === cost ? 0 : UNPRICED_FLAG);

export const isUnpriced = (flags: number): boolean => (flags & UNPRICED_FLAG) !== 0;
