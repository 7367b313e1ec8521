/** A JSON Pointer as RFC 6901 has it, `*` in place of a name or number for all there are. */
export function isJsonPointer(text: string): boolean {
  return /^(\/([^~/]|~[01])*)+$/.test(text);
}
