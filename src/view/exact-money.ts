/** Amounts as exact as arithmetic gives them: in millionths of a millicent, 10¹¹ to the US dollar. */

const PER_USD = 100_000_000_000n;
const MOST_DECIMALS = 11;

const absolute = (millionths: bigint): bigint => (millionths < 0n ? -millionths : millionths);

/** How many decimals of a dollar an amount has, at least `least`. */
export function countExactDecimals(millionths: bigint, least = 2): number {
  const rest = (absolute(millionths) % PER_USD).toString().padStart(MOST_DECIMALS, '0').replace(/0+$/, '');
  return Math.max(least, rest.length);
}

/** `$0.003702`, `−$12.50`: every digit it has, or as many as are asked for, which must hold them all. */
export function formatExactly(millionths: bigint, decimals = countExactDecimals(millionths)): string {
  const amount = absolute(millionths);
  const rest = (amount % PER_USD).toString().padStart(MOST_DECIMALS, '0').slice(0, decimals);
  return `${millionths < 0n ? '−' : ''}$${(amount / PER_USD).toLocaleString('en-US')}.${rest}`;
}

/** The same with its sign, as a difference: `+$0.12059`. */
export function formatExactDifference(millionths: bigint, decimals?: number): string {
  return `${millionths > 0n ? '+' : ''}${formatExactly(millionths, decimals)}`;
}
