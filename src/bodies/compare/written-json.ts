const STRINGS_AND_SPACE = /"[^"\\]*(?:\\[^][^"\\]*)*"?|[ \t\r\n]+/g;
const NUMBER = /^(-?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;
/** Longer ones are compared as text: taking them apart would cost more than it tells. */
const LONGEST_NUMBER = 1_000;

/** The same JSON without white space between its tokens; strings, numbers and order stay as written. */
export function compactJson(json: string): string {
  return json.replace(STRINGS_AND_SPACE, (token) => (token.startsWith('"') ? token : ''));
}

/** Exact, whatever their length: no double can tell `12345678901234567890` from its neighbour. */
export function areEqualNumbers(a: string, b: string): boolean {
  if (a === b) return true;
  const [left, right] = [normaliseNumber(a), normaliseNumber(b)];
  return left !== null && left === right;
}

/** Digits without zeros at their ends, and the power of ten of the last; null where it is no number or too long. */
function normaliseNumber(written: string): string | null {
  const parts = written.length <= LONGEST_NUMBER ? NUMBER.exec(written) : null;
  if (parts === null) return null;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = parts;
  const digits = (whole + fraction).replace(/^0+/, '');
  const kept = digits.replace(/0+$/, '');
  if (kept === '') return '0';
  return `${sign}${kept}e${BigInt(exponent) - BigInt(fraction.length) + BigInt(digits.length - kept.length)}`;
}
