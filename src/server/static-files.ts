import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';

export interface StaticFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type: string;
  readonly etag: string;
  readonly role: 'page' | 'element' | 'asset' | 'frame';
  /** The name holds a hash of the content, so the file never changes. */
  readonly isImmutable: boolean;
}

/** Everything that is served from files, by its exact path. What is not in here can't be asked for. */
export type StaticFiles = ReadonlyMap<string, StaticFile>;

const TYPES: ReadonlyMap<string, string> = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
  ['.png', 'image/png'],
]);

/**
 * Reads the built pages (`demo/`) and modules (`elements/`) once, at start.
 * `demo/index.html` is `/`, `demo/hm-calls.html` is `/hm-calls`, `demo/page.css` is `/page.css`.
 */
export async function readStaticFiles(folder: string): Promise<StaticFiles> {
  const files = new Map<string, StaticFile>();
  for (const name of await listFiles(join(folder, 'demo'))) {
    const isPage = name.endsWith('.html');
    const path = isPage ? `/${name.slice(0, -'.html'.length)}` : `/${name}`;
    const file = await readStaticFile(join(folder, 'demo', name), isPage ? 'page' : 'asset');
    if (file) files.set(path === '/index' ? '/' : path, file);
  }
  for (const name of await listFiles(join(folder, 'elements'))) {
    const file = await readStaticFile(join(folder, 'elements', name), 'element', name.startsWith('chunks/'));
    if (file) files.set(`/elements/${name}`, file);
  }
  return files;
}

/** The paths that show a page: the only ones a link on another site may lead to. */
export function listPages(files: StaticFiles): ReadonlySet<string> {
  return new Set([...files].filter(([, file]) => file.role === 'page').map(([path]) => path));
}

export function hashOf(content: string | Uint8Array): string {
  return `"${createHash('sha256').update(content).digest('base64url').slice(0, 27)}"`;
}

async function readStaticFile(path: string, role: StaticFile['role'], isImmutable = false): Promise<StaticFile | null> {
  const type = TYPES.get(extname(path));
  if (type === undefined) return null;
  const bytes = new Uint8Array(await readFile(path));
  return { bytes, type, etag: hashOf(bytes), role, isImmutable };
}

/** Names below the folder, with `/` between, whatever the system's own separator. */
async function listFiles(folder: string, prefix = ''): Promise<string[]> {
  const names: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) names.push(...(await listFiles(join(folder, entry.name), `${prefix}${entry.name}/`)));
    else if (entry.isFile()) names.push(`${prefix}${entry.name}`);
  }
  return names.sort();
}
