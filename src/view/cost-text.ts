import type { CostTable } from './cost-rows.js';
import type { Told } from './cost-words.js';

/** The calculation as plain text, to paste where there are no tables: columns are kept apart by spaces. */
export function writeCostText(title: string, { head, rest }: Told, table: CostTable, notes: readonly string[]): string {
  const lines = [
    [table.label, ...table.columns.map(({ label }) => label)],
    ...table.rows.map(({ letter, label, cells }) => [
      letter === null ? label : `${letter} ${label}`,
      ...cells.map(({ lead = '', text }) => (lead + text).replaceAll('\u00a0', ' ')),
    ]),
  ];
  const widths = lines[0]!.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  const written = lines.map((line) =>
    line
      .map((text, column) => (column === 0 ? text.padEnd(widths[0]!) : text.padStart(widths[column]!)))
      .join('  ')
      .trimEnd(),
  );
  return [title, `${head} ${rest}`.trim(), '', ...written, ...(notes.length > 0 ? ['', ...notes] : []), ''].join('\n');
}
