/** Money is in integer millicents. */
export const MILLICENTS_PER_USD = 100_000;
