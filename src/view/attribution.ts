const WORDS: Readonly<Record<string, string>> = {
  env: 'environment',
  rcfile: '.haltonrc',
  workdir: 'folder',
  git: 'git',
  mac_sandbox: 'app sandbox',
  process_heuristics: 'process',
};

export const UNATTRIBUTED = 'unattributed';

/**
 * How a call came to its project, in words. A `parent_…` was found the same way, of the process above the caller's. The
 * daemon's names for it are many and may grow: an unknown one is shown.
 */
export function describeAttribution(method: string | null): string {
  if (method === null) return 'unknown';
  if (/^(smart_|resolve_)/.test(method)) return UNATTRIBUTED;
  const way = method.replace(/^parent_/, '');
  return way.startsWith('ide_') ? 'IDE' : (WORDS[way] ?? method);
}
