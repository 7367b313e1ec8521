import { type Pattern, TextSearch, toPattern } from '../find-pattern.js';
import { Offsets } from '../text-offsets.js';
import type { SpotText } from './conversation-texts.js';
import type { PatternRunner } from './pattern-search.js';
import type { FindMatch, FindProgress, FindQuery, FindTarget } from './matches.js';
import { takeTurn } from './turns.js';

/** Matches that are kept; more are only told of. */
export const MOST_MATCHES = 500_000;
const STEP_MS = 8;
const NEWS_EVERY_MS = 100;
const EXCERPT_CHARACTERS = 60;

/** What is searched of one body, as texts: one, if it is the stored one. */
export interface SearchedBody {
  readonly target: FindTarget;
  readonly texts: readonly (Pick<SpotText, 'text'> & Partial<SpotText>)[];
  /** The row that an offset of the stored text is on. */
  readonly rowAt: (offset: number) => number;
}

interface Found {
  readonly body: SearchedBody;
  readonly starts: Offsets;
  readonly ends: Offsets;
  /** Which of the texts. */
  readonly texts: Offsets;
}

/** One search through all opened bodies, and what it has found so far. */
export class FindSession {
  readonly #ask: number;
  readonly #query: FindQuery;
  readonly #pattern: Pattern;
  readonly #found: readonly Found[];
  readonly #tell: (progress: FindProgress) => void;
  #total = 0;
  #isDone = false;
  #isMore = false;
  #toldMs = 0;

  /** @throws FindError where the query is no regular expression. */
  constructor(ask: number, query: FindQuery, bodies: readonly SearchedBody[], tell: (progress: FindProgress) => void) {
    this.#ask = ask;
    this.#query = query;
    this.#pattern = toPattern(query);
    this.#found = bodies.map((body) => ({ body, starts: new Offsets(), ends: new Offsets(), texts: new Offsets() }));
    this.#tell = tell;
  }

  get progress(): FindProgress {
    const counts = this.#found.map(({ starts }) => starts.length);
    return { ask: this.#ask, total: this.#total, counts, isDone: this.#isDone, isMore: this.#isMore };
  }

  async run(runner: PatternRunner, signal: AbortSignal): Promise<void> {
    if (this.#query.text !== '') {
      for (const found of this.#found) {
        if (this.#query.isRegExp) await this.#searchApart(found, runner, signal);
        else await this.#searchHere(found, signal);
        if (this.#isMore) break;
      }
    }
    this.#isDone = true;
  }

  get total(): number {
    return this.#total;
  }

  /** A match by its place among all. */
  read(index: number): FindMatch | null {
    let rest = index;
    for (const found of this.#found) {
      if (rest < found.starts.length) return describe(found, rest, index);
      rest -= found.starts.length;
    }
    return null;
  }

  /** Matches in stored text that touch a stretch of it. */
  within(key: string, start: number, end: number): FindMatch[] {
    const matches: FindMatch[] = [];
    let before = 0;
    for (const found of this.#found) {
      const { target } = found.body;
      if (target.key === key && target.in === 'stored') {
        // Matches don't overlap, so their ends ascend too.
        for (let place = found.ends.countBelow(start + 1); place < found.starts.length; place++) {
          if (found.starts.at(place) >= end) break;
          matches.push(describe(found, place, before + place));
        }
      }
      before += found.starts.length;
    }
    return matches;
  }

  /** The next match from a place in a body, or the one before it, round the ends of all. */
  step(key: string, offset: number, isBack: boolean): FindMatch | null {
    if (this.#total === 0) return null;
    let before = 0;
    for (const found of this.#found) {
      if (found.body.target.key === key) {
        const at = before + countBefore(found, offset);
        return this.read(isBack ? (at - 1 + this.#total) % this.#total : at % this.#total);
      }
      before += found.starts.length;
    }
    return this.read(isBack ? this.#total - 1 : 0);
  }

  async #searchHere(found: Found, signal: AbortSignal): Promise<void> {
    let stepMs = performance.now();
    for (const [index, { text }] of found.body.texts.entries()) {
      const search = new TextSearch(this.#pattern, text);
      for (let match = search.next(); match !== null; match = search.next()) {
        if (!this.#add(found, index, match.start, match.end)) return;
        if (performance.now() - stepMs < STEP_MS) continue;
        await this.#pause(signal);
        stepMs = performance.now();
      }
      if (performance.now() - stepMs < STEP_MS) continue;
      await this.#pause(signal);
      stepMs = performance.now();
    }
  }

  async #searchApart(found: Found, runner: PatternRunner, signal: AbortSignal): Promise<void> {
    const texts = found.body.texts.map(({ text }) => text);
    const full = new AbortController();
    try {
      await runner.run(
        { pattern: this.#pattern, texts },
        (matches) => {
          for (let at = 0; at < matches.length; at += 3) {
            if (this.#add(found, matches[at]!, matches[at + 1]!, matches[at + 2]!)) continue;
            full.abort();
            return;
          }
          this.#tellNow();
        },
        AbortSignal.any([signal, full.signal]),
      );
    } catch (error) {
      if (!full.signal.aborted) throw error;
    }
  }

  /** False: no more are kept. */
  #add({ starts, ends, texts }: Found, text: number, start: number, end: number): boolean {
    if (this.#total >= MOST_MATCHES) {
      this.#isMore = true;
      return false;
    }
    starts.push(start);
    ends.push(end);
    texts.push(text);
    this.#total++;
    return true;
  }

  async #pause(signal: AbortSignal): Promise<void> {
    this.#tellNow();
    await takeTurn();
    signal.throwIfAborted();
  }

  #tellNow(): void {
    if (performance.now() - this.#toldMs < NEWS_EVERY_MS) return;
    this.#toldMs = performance.now();
    this.#tell(this.progress);
  }
}

/** Matches that begin before an offset of the body; those in a part of a conversation begin where it does. */
function countBefore({ body, starts, texts }: Found, offset: number): number {
  if (body.target.in === 'stored') return starts.countBelow(offset);
  let count = 0;
  while (count < texts.length && (body.texts[texts.at(count)]?.at ?? 0) < offset) count++;
  return count;
}

function describe({ body, starts, ends, texts }: Found, place: number, index: number): FindMatch {
  const { target, rowAt } = body;
  const { text, spot } = body.texts[texts.at(place)]!;
  const [start, end] = [starts.at(place), ends.at(place)];
  const isStored = target.in === 'stored';
  const before = /[^\r\n]*$/.exec(text.slice(Math.max(0, start - EXCERPT_CHARACTERS), start))![0];
  const after = /^[^\r\n]*/.exec(text.slice(end, end + EXCERPT_CHARACTERS))![0];
  const match = text.slice(start, Math.min(end, start + EXCERPT_CHARACTERS));
  return {
    index,
    key: target.key,
    start,
    end,
    textRow: isStored ? rowAt(start) : null,
    spot: isStored ? null : (spot ?? null),
    excerpt: { before, match, after },
  };
}
