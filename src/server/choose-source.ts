import type { WireStatus } from '../api/status.js';
import type { DaemonView } from './daemon-probe.js';
import type { FoundDatabase } from './find-database.js';
import type { SourceChoice } from './options.js';

/** What there is to choose from. */
export interface Surroundings {
  readonly found: FoundDatabase;
  /** Why the database that was found can not be read, in words; null where it can, or was not found. */
  readonly unreadable: string | null;
  readonly daemon: DaemonView;
}

interface Chosen {
  /** Why this one: one sentence for people, naming the file or address. */
  readonly reason: string;
}

/** What to show. Two that are equal but for their `reason` are the same thing. */
export type Choice =
  | (Chosen & { readonly kind: 'api'; readonly url: string; readonly isDirect: boolean })
  | (Chosen & { readonly kind: 'database'; readonly path: string })
  | (Chosen & { readonly kind: 'daemon'; readonly url: string })
  | (Chosen & { readonly kind: 'demo' })
  /** It was asked for, or was shown before, and is not there. */
  | (Chosen & { readonly kind: 'waiting'; readonly for: WireStatus['source'] });

/** Says whether two choices are the same thing to show. */
export function isSameChoice(one: Choice, other: Choice): boolean {
  return identify(one) === identify(other);
}

function identify(choice: Choice): string {
  // What is waited for is told, so other words are another thing to show.
  if (choice.kind === 'waiting') return JSON.stringify(choice);
  return JSON.stringify({ ...choice, reason: '' });
}

/**
 * The source that was asked for, or what is waited for until it is there; with `auto` the first there is of a daemon that
 * serves `/api`, the database, a daemon that serves `/v1`, and a demo. `current`: what is shown now: made-up calls never
 * take the place of real ones.
 */
export function chooseSource(asked: SourceChoice, around: Surroundings, current: Choice | null): Choice {
  switch (asked) {
    case 'demo':
      return { kind: 'demo', reason: 'Showing demo data, as asked: made-up calls.' };
    case 'api':
      return chooseApi(around) ?? waitForDaemon('api', around);
    case 'v1':
      return chooseV1(around, ', as asked') ?? stayWith('daemon', current) ?? waitForDaemon('daemon', around);
    case 'database':
      return chooseDatabase(around) ?? stayWith('database', current) ?? waitForDatabase(around);
    case 'auto':
      return chooseFirst(around, current);
  }
}

function chooseFirst(around: Surroundings, current: Choice | null): Choice {
  const api = chooseApi(around);
  if (api !== null) return api;
  if (around.unreadable === null) {
    const database = chooseDatabase(around);
    if (database !== null) return database;
  }
  const v1 = chooseV1(around, whyNotDatabase(around));
  if (v1 !== null) return v1;
  // A file that can not be read says itself why, at each question.
  const database = chooseDatabase(around);
  if (database !== null) return database;
  if (current?.kind === 'api' || current?.kind === 'waiting') return waitForDaemon('api', around);
  if (current !== null && current.kind !== 'demo') return current;
  return { kind: 'demo', reason: explainDemo(around) };
}

function chooseApi({ daemon: { state, serves } }: Surroundings): Choice | null {
  if (serves?.kind !== 'api') return null;
  const { url } = state;
  const { isDirect } = serves;
  const reason = isDirect
    ? `Showing what the daemon at ${url} serves: this page asks it directly.`
    : `Showing what the daemon at ${url} serves: it does not let this page ask it, so this server passes its answers on.`;
  return { kind: 'api', url, isDirect, reason };
}

function chooseDatabase({ found }: Surroundings): Choice | null {
  if (found.kind === 'none') return null;
  return { kind: 'database', path: found.path, reason: `Showing ${found.described}, read only.` };
}

function chooseV1({ daemon: { state, serves } }: Surroundings, why: string): Choice | null {
  if (serves?.kind !== 'v1') return null;
  return { kind: 'daemon', url: state.url, reason: `Showing what the daemon at ${state.url} tells over /v1${why}.` };
}

/** Who was there and is silent says so itself, and what it told before is still known. */
function stayWith(kind: Choice['kind'], current: Choice | null): Choice | null {
  return current?.kind === kind ? current : null;
}

function whyNotDatabase({ found, unreadable }: Surroundings): string {
  if (found.kind === 'none') return `: its database is not at ${found.looked}`;
  return `: its database ${found.shown} can not be read here (${unreadable ?? 'unknown reason'})`;
}

function waitForDaemon(kind: 'api' | 'daemon', { daemon: { state } }: Surroundings): Choice {
  const routes = kind === 'api' ? '/api' : '/v1';
  const lacking = state.reachable ? `it answers, and does not serve ${routes}` : 'it does not answer';
  return {
    kind: 'waiting',
    for: kind,
    reason: `Waiting for a daemon that serves ${routes} at ${state.url}: ${lacking}.`,
  };
}

function waitForDatabase({ found }: Surroundings): Choice {
  const place = found.kind === 'none' ? found.looked : found.shown;
  return { kind: 'waiting', for: 'database', reason: `Waiting for the database ${place}: there is no such file.` };
}

function explainDemo({ found, daemon: { state } }: Surroundings): string {
  const looked = found.kind === 'none' ? found.looked : found.shown;
  return state.reachable
    ? `A Halton Meter daemon answers at ${state.url}, but its database is not at ${looked}: showing demo data. Pass its file with --db FILE.`
    : `No Halton Meter found here (looked for ${looked} and ${state.url}): showing demo data.`;
}
