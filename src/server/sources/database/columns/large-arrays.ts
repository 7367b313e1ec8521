/** Bytes from which on memory is asked of the system itself. */
const LARGE = 1 << 18;
const PAGE = 1 << 16;

interface ArrayType<T> {
  new (buffer: ArrayBuffer, offset: number, length: number): T;
  readonly BYTES_PER_ELEMENT: number;
}

/**
 * An array of zeros. A large one lies in memory of its own: whatever the C library gets back in one piece makes it keep
 * about as much of everything else from then on, in each thread, and columns would cost a tenth more than they hold.
 */
export function makeArray<T>(type: ArrayType<T>, length: number): T {
  const bytes = length * type.BYTES_PER_ELEMENT;
  return new type(bytes < LARGE ? new ArrayBuffer(bytes) : askSystem(bytes), 0, length);
}

function askSystem(bytes: number): ArrayBuffer {
  try {
    return new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE) }).buffer;
  } catch {
    // It sets aside far more addresses than it uses, which some systems do not allow.
    return new ArrayBuffer(bytes);
  }
}

/** The same values in an array of its own, which may hold more of them. */
export function copyArray<T extends { readonly constructor: unknown; readonly length: number; set(values: T): void }>(
  values: T,
  length = values.length,
): T {
  const copy = makeArray(values.constructor as ArrayType<T>, length);
  copy.set(values);
  return copy;
}
