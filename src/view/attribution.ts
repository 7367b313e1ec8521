/** How a call came to its project, in words. The daemon's names for it are many and may grow: an unknown one is shown. */

const WORDS: Readonly<Record<string, string>> = {
  env: 'environment',
  rcfile: '.haltonrc',
  workdir: 'folder',
  git: 'git',
  container: 'container',
  mac_sandbox: 'app sandbox',
  process_heuristics: 'process',
  ide_sniff: 'IDE',
  ide_env_label: 'IDE',
  ide_argv_label: 'IDE',
  parent_rcfile: '.haltonrc',
  parent_git: 'git',
  parent_ide_sniff: 'IDE',
  parent_ide_env_label: 'IDE',
  parent_ide_argv_label: 'IDE',
  smart_default: 'unattributed',
  resolve_timeout: 'unattributed',
  resolve_error: 'unattributed',
};

export const UNATTRIBUTED = 'unattributed';

export function describeAttribution(method: string | null): string {
  return method === null ? 'unknown' : (WORDS[method] ?? method);
}

interface Tag {
  readonly method: string | null;
  readonly calls: number;
}

/** Tags that read the same joined, most calls first. */
export function joinTags(tags: readonly Tag[]): { word: string; calls: number }[] {
  const joined = new Map<string, number>();
  for (const tag of tags) {
    const word = describeAttribution(tag.method);
    joined.set(word, (joined.get(word) ?? 0) + tag.calls);
  }
  return [...joined].map(([word, calls]) => ({ word, calls })).sort((a, b) => b.calls - a.calls);
}
