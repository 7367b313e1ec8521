import { weighModule } from '../../scripts/measure-size.mjs';

const PREFIX = '/elements/';

/** JavaScript that a page asked for. */
export interface Weighed {
  /** Files below `elements/`, each once. */
  readonly modules: readonly string[];
  /** Of all of them, gzip. */
  readonly bytes: number;
  /** What each weighs, for who reads that it is too much. */
  readonly words: string;
}

/** What files below `elements/` weigh. */
export async function weighModules(dist: URL, modules: readonly string[]): Promise<Weighed> {
  const sizes = await Promise.all(modules.map((module) => weighModule(dist, module)));
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  return { modules, bytes, words: `${bytes}: ${modules.map((module, at) => `${module} ${sizes[at]}`).join(', ')}` };
}

/** What the scripts of ours among these addresses weigh, those alone that `counts`. */
export function weighRequests(
  dist: URL,
  addresses: readonly string[],
  counts = (_module: string): boolean => true,
): Promise<Weighed> {
  const paths = new Set(addresses.map((address) => new URL(address).pathname));
  const modules = [...paths]
    .filter((path) => path.startsWith(PREFIX) && path.endsWith('.js'))
    .map((path) => path.slice(PREFIX.length));
  return weighModules(dist, modules.filter(counts));
}
