import { html, type LitElement, nothing, type TemplateResult } from 'lit';
import type { CacheVerdict } from '../bodies/compare/prompt-cache.js';
import type { HeadDifference } from '../bodies/worker/protocol.js';
import { adoptSheet } from '../controllers/adopt-sheet.js';
import type { BodyConnection } from './body-connection.js';
import { bodyDiffers } from '../styles/body-differs.js';
import { countPrompt, type OpenPlace, renderCacheVerdict } from '../view/body-cache.js';
import type { CallDetail } from '../view/body-price.js';
import { type ComparedCall, renderDifferences } from '../view/body-differs.js';
import { type ComparedHead, renderHeads } from '../view/body-structure.js';
import type { BodyPane } from './body-pane.js';

/** One of the compared calls. */
export interface DifferentCall {
  readonly letter: string;
  readonly call: CallDetail;
  /** Null: its request isn't stored. */
  readonly request: BodyPane | null;
}

interface DifferencesOptions {
  readonly host: LitElement;
  readonly connection: () => BodyConnection;
  readonly open: OpenPlace;
}

type Verdict = CacheVerdict | string | null | undefined;

/** What the requests of several calls differ in before their messages, and what that meant for the prompt cache. */
export class BodyDifferences {
  readonly #options: DifferencesOptions;
  /** Of the bodies that were compared last. */
  #key = '';
  #verdicts: Verdict[] = [];
  #heads: readonly HeadDifference[] | null = null;
  #asking = new AbortController();

  constructor(options: DifferencesOptions) {
    this.#options = options;
    adoptSheet(options.host.renderRoot, bodyDiffers);
  }

  /** Of calls in the order of their letters; nothing of a single one. */
  render(calls: readonly DifferentCall[]): TemplateResult | typeof nothing {
    if (calls.length < 2) return nothing;
    this.#update(calls);
    const { open } = this.#options;
    const pairs = listPairs(calls);
    return html`${pairs.map(([earlier, later], index) =>
      renderCacheVerdict(
        { earlier: shownPrompt(earlier), later: shownPrompt(later), verdict: this.#verdicts[index] },
        open,
      ),
    )}${this.#renderHeads(calls)}`;
  }

  /** Figure by figure, what the calls themselves tell. */
  renderTable(calls: readonly ComparedCall[], timeZone: string): TemplateResult {
    return renderDifferences(calls, timeZone);
  }

  end(): void {
    this.#asking.abort();
    this.#key = '';
  }

  #renderHeads(calls: readonly DifferentCall[]): TemplateResult | typeof nothing {
    const talks = listTalks(calls);
    const heads = this.#heads;
    if (heads === null || heads.length !== talks.length - 1) return nothing;
    const [first, ...others] = talks;
    const compared = others.map((other, index): ComparedHead => {
      const [from, to] = [first!.request!.conversation!, other.request!.conversation!];
      return {
        letters: [first!.letter, other.letter],
        difference: heads[index]!,
        hasParameters: from.parameters.length > 0,
        tools: [from.tools, to.tools],
      };
    });
    return renderHeads(compared, this.#options.open);
  }

  /** Asks anew where other bodies stand there, or one of them has been read. */
  #update(calls: readonly DifferentCall[]): void {
    const key = calls
      .map(({ call, request }) => `${call.id} ${request?.isRead} ${request?.conversation === undefined}`)
      .join('\n');
    if (key === this.#key) return;
    this.#key = key;
    this.#asking.abort();
    this.#asking = new AbortController();
    const { signal } = this.#asking;
    this.#heads = null;
    this.#verdicts = listPairs(calls).map(([earlier, later], index) => {
      const missing = explainMissing(earlier) ?? explainMissing(later);
      if (missing === null) void this.#askVerdict(index, earlier, later, signal);
      return missing ?? undefined;
    });
    const talks = listTalks(calls);
    if (talks.length > 1 && calls.every(isKnown)) void this.#askHeads(talks, signal);
  }

  async #askVerdict(index: number, before: DifferentCall, after: DifferentCall, signal: AbortSignal): Promise<void> {
    if (!isKnown(before) || !isKnown(after)) return;
    const [earlier, later] = [before, after].map(({ call, request }) => ({
      key: request!.key,
      model: call.model,
      promptTokens: countPrompt(call),
    }));
    const params = { earlier: earlier!, later: later! };
    const verdict = await this.#options
      .connection()
      .ask('cacheBreak', params, signal)
      .catch((error: unknown) => (error instanceof Error ? error.message : String(error)));
    if (signal.aborted) return;
    this.#verdicts[index] = verdict;
    this.#options.host.requestUpdate();
  }

  async #askHeads(talks: readonly DifferentCall[], signal: AbortSignal): Promise<void> {
    const keys = talks.map(({ request }) => request!.key);
    const heads = await this.#options
      .connection()
      .ask('compareHeads', { keys }, signal)
      .catch(() => null);
    if (signal.aborted) return;
    this.#heads = heads;
    this.#options.host.requestUpdate();
  }
}

const shownPrompt = ({ letter, call, request }: DifferentCall) => ({
  letter,
  call,
  tools: request?.conversation?.tools ?? [],
});

/** Each call with the one before it, in the order in which they were made. */
function listPairs(calls: readonly DifferentCall[]): [earlier: DifferentCall, later: DifferentCall][] {
  const sorted = [...calls].sort((a, b) => compareInstants(a.call.requestedAt, b.call.requestedAt));
  return sorted.slice(1).map((later, index) => [sorted[index]!, later]);
}

/** By all their digits: RFC 3339 in UTC, at whatever precision was stored. */
function compareInstants(a: string, b: string): number {
  const [left, right] = [a.replace(/Z$/, ''), b.replace(/Z$/, '')];
  return left < right ? -1 : left > right ? 1 : 0;
}

const listTalks = (calls: readonly DifferentCall[]): DifferentCall[] =>
  calls.filter(({ request }) => request?.conversation);

/** All is read of its request, or there is none to read. */
const isKnown = ({ request }: DifferentCall): boolean =>
  request === null || (request.isRead && request.conversation !== undefined);

/** Why nothing can be told of a call's prompt; null: it can, or not yet. */
function explainMissing({ letter, request }: DifferentCall): string | null {
  if (request === null) return `the request of ${letter} is not stored.`;
  return request.conversation === null ? `the request of ${letter} is of no form that is known.` : null;
}
