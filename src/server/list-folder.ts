import { readdir } from 'node:fs/promises';
import { findEntry, isServed, nullOfSystem } from './own-folder.js';
import { escapeHtml, makePage } from './no-page.js';
import type { StaticFile } from './static-files.js';
import { printable } from './terminal.js';

/** More than a reader looks through; each is looked at on disk. */
const MAX_LISTED = 1000;

interface Entry {
  readonly name: string;
  readonly isFolder: boolean;
  /** Bytes; null for a folder. */
  readonly size: number | null;
  readonly modifiedAt: Date;
}

/**
 * A page of what is in a folder: `names` lead to it from the folder that is served. Null where it may not be read, or is
 * gone by now.
 */
export async function listFolder(root: string, names: readonly string[], path: string): Promise<StaticFile | null> {
  const all = await readdir(path).catch(nullOfSystem);
  if (all === null) return null;
  const served = all.filter(isServed).sort(compare);
  const found = await Promise.all(served.slice(0, MAX_LISTED).map((name) => readEntry(root, [...names, name])));
  const entries = found.filter((entry) => entry !== null);
  const sorted = [...entries.filter(({ isFolder }) => isFolder), ...entries.filter(({ isFolder }) => !isFolder)];
  const here = ['pages', ...names].map((name) => `<bdi>${show(name)}</bdi>`).join('/');
  const title = show(names.at(-1) ?? 'pages');
  return makePage(`${title} · hm-elements`, writeListing(here, names.length > 0, sorted, served.length));
}

async function readEntry(root: string, names: readonly string[]): Promise<Entry | null> {
  const found = await findEntry(root, names);
  if (found === null) return null;
  const isFolder = found.kind === 'folder';
  const { size, mtime } = found.stats;
  return { name: names.at(-1)!, isFolder, size: isFolder ? null : Number(size), modifiedAt: mtime };
}

function writeListing(here: string, hasParent: boolean, entries: readonly Entry[], served: number): string {
  const rows = entries.map(writeRow).join('');
  const more =
    served > MAX_LISTED ? `\n      <p class="muted">The first ${MAX_LISTED} of ${served} are listed.</p>` : '';
  const empty =
    entries.length === 0 ? '\n      <p>Nothing here yet. Files whose names begin with a dot are not served.</p>' : '';
  const table = `
      <table>
        <thead>
          <tr><th scope="col">Name</th><th scope="col" class="number">Bytes</th><th scope="col">Changed</th></tr>
        </thead>
        <tbody>${hasParent ? '\n          <tr><th scope="row"><a href="../">../</a></th><td></td><td></td></tr>' : ''}${rows}
        </tbody>
      </table>`;
  return `
    <main>
      <h1><a href="/">hm-elements</a> ${here}/</h1>${empty}${entries.length > 0 || hasParent ? table : ''}${more}
    </main>`;
}

function writeRow({ name, isFolder, size, modifiedAt }: Entry): string {
  const slash = isFolder ? '/' : '';
  const time = modifiedAt.toISOString();
  return `
          <tr><th scope="row"><a href="./${escapeHtml(encodeURIComponent(name))}${slash}"><bdi>${show(name)}</bdi>${slash}</a></th><td class="number">${size === null ? '' : groupDigits(size)}</td><td><time datetime="${time}">${formatLocal(modifiedAt)}</time></td></tr>`;
}

/** A name as text, with characters spelled out that could turn or hide what stands beside them. */
function show(name: string): string {
  return escapeHtml(printable(name));
}

/** By code units, numbers by their value: `2.html` before `10.html`. Intl would do it better, and take megabytes. */
function compare(a: string, b: string): number {
  const [one, other] = [a, b].map((name) => name.toLowerCase().replace(/\d+/g, (digits) => digits.padStart(12, '0')));
  return one === other ? (a < b ? -1 : 1) : one! < other! ? -1 : 1;
}

/** `2026-11-29 14:05`, by this machine's clock, which is the reader's too. */
function formatLocal(date: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

function groupDigits(whole: number): string {
  return String(whole).replace(/\B(?=(\d{3})+$)/g, ',');
}
