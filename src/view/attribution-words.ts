import { describeAttribution, UNATTRIBUTED } from './attribution.js';

/** What each way tells; by its word, since several methods of the daemon are one way. */
const MEANINGS: Readonly<Record<string, string>> = {
  environment: 'HALTON_PROJECT was set for the program that made the call.',
  '.haltonrc': 'A file .haltonrc in the folder the program ran in, or in one above it, names the project.',
  folder: 'The project is named after the folder the program ran in.',
  git: 'The project is named after the git repository the program ran in.',
  IDE: 'An editor said which folder it has open; the project is named after that.',
  container: 'The project is named after the container the program ran in.',
  'app sandbox': 'The project is named after the macOS app that made the call.',
  process: 'Nothing named a project: it was guessed from the name of the program.',
  [UNATTRIBUTED]: 'Nothing told which project it was, or finding out failed: it fell to the default.',
  unknown: 'The daemon did not record how.',
};

const FROM_PARENT = ' Some were found by the program that started it.';

/** What a way of attribution is, in a sentence. `methods`: the daemon's own names for it. */
export function explainAttribution(word: string, methods: readonly (string | null)[]): string {
  const meaning = MEANINGS[word] ?? 'A way that only the daemon knows; it calls it so.';
  return methods.some((method) => method?.startsWith('parent_')) ? meaning + FROM_PARENT : meaning;
}

/** Ways that fell to a default are something to mend; the word is the one of `describeAttribution`. */
export const isFallen = (method: string | null): boolean => describeAttribution(method) === UNATTRIBUTED;
