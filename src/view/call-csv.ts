/** A cell that a spreadsheet would take for a formula gets a leading apostrophe, as in the server's exports. */
function printCell(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Records as CSV (RFC 4180) with these fields, in their order, under a head; null is an empty cell. */
export function printCsv(fields: readonly string[], records: readonly Readonly<Record<string, unknown>>[]): string {
  const lines = [fields, ...records.map((record) => fields.map((field) => record[field]))];
  return lines.map((line) => line.map(printCell).join(',') + '\r\n').join('');
}
