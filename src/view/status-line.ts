import { html, nothing, svg, type TemplateResult } from 'lit';
import type { CamelCased } from '../api/camel-case.js';
import type { WireShownStatus } from '../api/status.js';
import { formatAge } from './age.js';
import { formatPlural } from './format.js';
import { drawMark, renderMark } from './mark.js';
import { formatRecent } from './time.js';

type Status = CamelCased<WireShownStatus>;

/** After so long without a call nothing is called live. */
const LIVE_MS = 5 * 60_000;

/** How fresh the data are, in the parts that are drawn. `age` changes every second, `word` only with the state. */
export interface Freshness {
  readonly word: 'Live' | 'Idle' | '';
  /** `newest call 3 s ago`, or that there is none. Empty where the source has no such figure. */
  readonly age: string;
}

/** "Live" and "Idle" are said only while the daemon answers (the demo is its own daemon): without it nobody knows. */
export function describeFreshness({ source, daemon, database }: Status, now: number): Freshness {
  if (database === null) return { word: '', age: '' };
  if (database.newestCallAt === null) return { word: '', age: 'No calls recorded yet' };
  const ageMs = now - Date.parse(database.newestCallAt);
  const age = `ewest call ${formatAge(ageMs)} ago`;
  if (!daemon.reachable && source !== 'demo') return { word: '', age: `N${age}` };
  return { word: ageMs < LIVE_MS ? 'Live' : 'Idle', age: `n${age}` };
}

const LIVE = svg`<circle cx="5" cy="5" r="4"/>`;

/** Only the word is told to screen readers as it changes; the age would never let them rest. */
export function renderFreshness({ word, age }: Freshness): TemplateResult {
  const state = word === 'Live' ? html`<b>Live</b>` : word;
  return html`<span part=${age.startsWith('No calls') ? 'empty' : nothing}
    >${word === 'Live' ? drawMark('live', LIVE) : nothing}<span role="status">${state}</span
    >${word ? ', ' : nothing}<span>${age}</span></span
  >`;
}

/** The daemon's version and address, or since when it is silent. Nothing for a demo that found none. */
export function renderDaemon({ source, waiting, daemon }: Status, timeZone: string): TemplateResult {
  const address = hostOf(daemon.url);
  if (daemon.reachable) return html`<span role="status">Daemon ${daemon.version ?? nothing} at ${address}</span>`;
  if (source === 'demo' || waiting) return html`<span role="status" hidden></span>`;
  const since = daemon.unreachableSince ? `since ${formatRecent(daemon.unreachableSince, timeZone)}` : `at ${address}`;
  return html`<span role="status"
    >${renderMark('warning')}Daemon not answering ${since}. What it recorded before is shown.</span
  >`;
}

/** What the figures are read from, or what is waited for. */
export function renderSource({ source, waiting, database, reason = '' }: Status): TemplateResult {
  if (waiting) return html`<span role="status">${renderMark('warning')}${reason}</span>`;
  if (source === 'demo') return html`<span><span class="demo">Demo data</span>${describeDemo(reason)}</span>`;
  if (source === 'api')
    return html`<span>Read from its own API${DIRECTLY.test(reason) ? ', asked directly' : nothing}</span>`;
  if (database === null) return html`<span>Read from the daemon over HTTP, without its database</span>`;
  return html`<span>Database <code>${database.path}</code>, read only</span>`;
}

/** The reason of a page that asks the daemon itself; another's requests go through its server. */
const DIRECTLY = /\bdirectly\b/;

/** Where it was looked for, in brackets, is for the terminal; that the calls are made up is always said. */
function describeDemo(reason: string): string {
  const said = reason.replace(/ \([^)]*\)/g, '');
  return /made[- ]up/.test(said) ? said : `${said} These calls are made up.`.trimStart();
}

/** Figures about the source that may give way when there is no room. */
export function renderFigures({ database }: Status): TemplateResult | typeof nothing {
  if (database === null) return nothing;
  const schema = `schema ${database.schemaVersion}`;
  return html`<span class="from-1040">${formatPlural(database.calls, 'call')}, ${schema}</span>`;
}

export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
