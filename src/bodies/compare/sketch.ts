/** What of a text is kept to tell how much of it another one shares: hashes of its different words below a limit. */
export interface Sketch {
  /** Different ones, rising. */
  readonly hashes: Uint32Array;
  /** All hashes below it are here, none from it on. */
  readonly limit: number;
}

/** Of a text that is expected to have more words than this a part is kept. */
const MOST_HASHES = 128;
const CHARACTERS_PER_WORD = 6;
const ALL = 2 ** 32;

/** Scripts that set no spaces between words: Thai to Tibetan, and from CJK's radicals on. */
const isUnspaced = (code: number): boolean => code >= 0x2e80 || (code >= 0x0e00 && code < 0x1000);

const isWordCode = (code: number): boolean =>
  (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || (code >= 0x30 && code <= 0x39) || code >= 0x80;

/** FNV's last bits are weak; without this step the words below a limit would be no fair sample. */
function scramble(hash: number): number {
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** One for all: thousands of short-lived typed arrays would cost more than the reading. */
let scratch = new Uint32Array(1024);

/** Reads a text once; of a long one a fair sample of its words stays, the same for the same words. */
export function sketchText(text: string): Sketch {
  let limit = ALL;
  for (let expected = text.length / CHARACTERS_PER_WORD; expected > MOST_HASHES; expected /= 2) limit /= 2;
  let count = 0;
  const add = (raw: number): void => {
    const hash = scramble(raw);
    if (hash >= limit) return;
    if (count === scratch.length) {
      const longer = new Uint32Array(2 * count);
      longer.set(scratch);
      scratch = longer;
    }
    scratch[count++] = hash;
  };
  let hash = 0;
  let previous = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const unspaced = isUnspaced(code);
    if (unspaced) add(Math.imul(previous, 0x01000193) ^ code);
    if (isWordCode(code) && !unspaced) {
      hash = Math.imul((hash === 0 ? 0x811c9dc5 : hash) ^ code, 0x01000193);
    } else if (hash !== 0) {
      add(hash);
      hash = 0;
    }
    previous = unspaced ? code : 0;
  }
  if (hash !== 0) add(hash);
  const sorted = scratch.subarray(0, count).sort();
  let different = 0;
  for (const known of sorted) if (different === 0 || sorted[different - 1] !== known) sorted[different++] = known;
  return { hashes: sorted.slice(0, different), limit };
}

/**
 * How much two texts share, 0 to 1: the mean of the share of their words that are in both (Dice) and of the smaller's
 * words that are in the other. The second lets a text be found again that grew. Symmetric.
 */
export function measureSimilarity(a: Sketch, b: Sketch): number {
  const limit = Math.min(a.limit, b.limit);
  const isIn = (hash: number | undefined): hash is number => hash !== undefined && hash < limit;
  let [inA, inB, common] = [0, 0, 0];
  while (isIn(a.hashes[inA]) && isIn(b.hashes[inB])) {
    const difference = a.hashes[inA]! - b.hashes[inB]!;
    if (difference === 0) common++;
    if (difference <= 0) inA++;
    if (difference >= 0) inB++;
  }
  while (isIn(a.hashes[inA])) inA++;
  while (isIn(b.hashes[inB])) inB++;
  const smaller = Math.min(inA, inB);
  return smaller === 0 ? 0 : (2 * common) / (inA + inB) / 2 + common / smaller / 2;
}
