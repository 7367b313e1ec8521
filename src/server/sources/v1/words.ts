import { SourceError } from '../../source.js';
import type { Copy, Lack } from './copy.js';
import type { Trouble } from './follow-daemon.js';

/** What this source says for people: in the status, and where it can't answer. */

const MOST_NAMED = 3;
const MILLICENTS_PER_DOLLAR = 100_000;

export const NO_BODIES =
  'This daemon does not serve bodies over HTTP. Start hm-elements with --db FILE as the user who owns its database.';

/** What is missing in what is shown, or wrong with it, a sentence or two each. */
export function describeSource({ lacks, unlisted, isWhole }: Copy, trouble: Trouble | null): string[] {
  const notes: string[] = [];
  if (trouble !== null) {
    const shown = isWhole ? ' What was copied before is shown.' : '';
    notes.push(`${trouble.error.message} So it is since ${trouble.since.slice(0, 19)}Z.${shown}`);
  }
  const slugs = lacks.filter(({ cause }) => cause === 'slug');
  if (slugs.length > 0) notes.push(describeSlugs(slugs));
  for (const lack of lacks) if (lack.cause !== 'slug') notes.push(describeLack(lack));
  if (unlisted.calls !== 0 || unlisted.cost !== 0) {
    const than = unlisted.calls < 0 || (unlisted.calls === 0 && unlisted.cost < 0) ? 'fewer' : 'more';
    notes.push(
      `In all, the daemon counts ${describeFigures(unlisted)} ${than} than its projects have together; what is shown are the calls of its projects.`,
    );
  }
  return notes;
}

function describeSlugs(lacks: readonly Lack[]): string {
  const named = lacks.slice(0, MOST_NAMED).map((lack) => `${lack.slug} (${describeFigures(lack)})`);
  const rest = lacks.length - named.length;
  const list = rest > 0 ? `${named.join(', ')} and ${groupDigits(rest)} more` : joinWords(named);
  const [what, whose] = lacks.length === 1 ? ['One project', 'its slug'] : [`${lacks.length} projects`, 'their slugs'];
  return `${what} can not be read over HTTP, because the daemon finds nothing under ${whose}: ${list}. These calls are in no list and no sum here.`;
}

function describeLack(lack: Lack): string {
  if (lack.calls < 0 || (lack.calls === 0 && lack.cost < 0)) {
    return `Of ${lack.slug} the daemon gave ${describeFigures(lack)} more than it counts itself.`;
  }
  const missing = `Of ${lack.slug} ${describeFigures(lack)} are missing here: `;
  if (lack.cause === 'refused') return `${missing}the daemon answers with an error where it is asked for them.`;
  return lack.cause === 'instant'
    ? `${missing}they share one instant with more calls than the daemon shows at once.`
    : `${missing}the daemon counts them and did not give them.`;
}

/** `12 calls, at least $0.14`: the daemon counts an unpriced call as one that cost nothing. */
function describeFigures({ calls, cost }: { readonly calls: number; readonly cost: number }): string {
  const count = Math.abs(calls);
  const dollars = Math.abs(cost) / MILLICENTS_PER_DOLLAR;
  const money = dollars >= 0.01 || dollars === 0 ? dollars.toFixed(2) : dollars.toFixed(5);
  return `${groupDigits(count)} ${count === 1 ? 'call' : 'calls'}, at least $${money}`;
}

/** Why no figure can be had. */
export function explainSilence(url: string, copy: Copy, trouble: Trouble | null): SourceError {
  if (trouble !== null) {
    const isSilent = trouble.error.kind === 'silent';
    const what = isSilent ? 'does not answer' : 'does not answer as it should';
    const { message } = trouble.error;
    return new SourceError(
      isSilent ? 'silent' : 'unusable',
      `The daemon at ${url} ${what}: ${message} Its calls are shown as soon as it does.`,
    );
  }
  const { loaded, of } = copy.progress;
  const far = of === 0 ? '.' : `: ${groupDigits(loaded)} of ${groupDigits(of)} so far.`;
  return new SourceError('copying', `The calls of the daemon at ${url} are still being copied over HTTP${far}`);
}

function joinWords(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** `1,234,567`. Intl would do it too, and take five megabytes of this process to load its tables. */
function groupDigits(whole: number): string {
  return String(whole).replace(/\B(?=(\d{3})+$)/g, ',');
}
