import type { SignatureField, SignatureTable } from './signature-table.js';

/** What of a call's sums follows from its signature. */
export const TRAIT = { failed: 1, incomplete: 2, imputed: 4 } as const;
const TRAIT_BITS = 3;

/** Signatures that are summed up together: those of one key with the same traits. */
export interface Classes {
  readonly count: number;
  /** The class of each signature, -1 where it has no key. */
  readonly ofSignature: Int32Array;
  /** The key of each class. */
  readonly keys: readonly number[];
  /** TRAIT values of each class. */
  readonly traits: readonly number[];
}

/** Classes by the key of each signature, a number from 0, or -1 for signatures that are left out. */
export function classify(signatures: SignatureTable, keyOf: (signature: number) => number): Classes {
  const traitsOf = readTraits(signatures);
  const ofSignature = new Int32Array(signatures.size);
  const known = new Map<number, number>();
  const keys: number[] = [];
  const traits: number[] = [];
  for (let signature = 0; signature < signatures.size; signature++) {
    const key = keyOf(signature);
    const name = (key << TRAIT_BITS) | traitsOf[signature]!;
    let own = key < 0 ? -1 : known.get(name);
    if (own === undefined) {
      own = keys.push(key) - 1;
      traits.push(traitsOf[signature]!);
      known.set(name, own);
    }
    ofSignature[signature] = own;
  }
  return { count: keys.length, ofSignature, keys, traits };
}

/** Signatures are only ever added, so as many as there were then have what they had then. */
const knownTraits = new WeakMap<SignatureTable, Uint8Array>();

/** The TRAIT values of each signature. */
function readTraits(signatures: SignatureTable): Uint8Array {
  const known = knownTraits.get(signatures);
  if (known?.length === signatures.size) return known;
  const traits = new Uint8Array(signatures.size);
  const mark = (trait: number, field: SignatureField, test: (value: string | null) => boolean): void => {
    const isMarked = signatures.values(field).map(test);
    for (const [signature, code] of signatures.codes(field).entries()) if (isMarked[code]) traits[signature]! |= trait;
  };
  mark(TRAIT.failed, 'status', (status) => status !== 'success');
  mark(TRAIT.incomplete, 'isComplete', (isComplete) => isComplete === '0');
  mark(TRAIT.imputed, 'billing', (billing) => billing === 'subscription_imputed');
  knownTraits.set(signatures, traits);
  return traits;
}
