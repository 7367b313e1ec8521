/** What chosen calls go by wherever they stand: in the table, the strip and the panes. As many as stand side by side. */
export const LETTERS: readonly string[] = ['A', 'B', 'C', 'D'];

/** Why one more is refused: it would have to push one out, and the others would go by other letters. */
export const NO_LETTER_LEFT = `${LETTERS.length} calls are chosen, as many as can stand side by side. Take one back first.`;
