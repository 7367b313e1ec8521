import { asArray, asIndex, asObject, asString, omit, setField } from './event-data.js';
import { LinkLog, type Slot } from './link-log.js';
import { type Accumulated, type Accumulator, type JsonObject } from './rebuilt-stream.js';

interface Candidate extends Slot {
  readonly index: number;
  readonly value: JsonObject;
}

/**
 * Gemini's answers put together into one: Google's library hands the pieces out as they come, so the rule is ours. Fields
 * keep their first place and their last value, parts follow one another, and texts that say nothing else are joined.
 */
export class GeminiAccumulator implements Accumulator {
  readonly #links = new LinkLog();
  readonly #candidates = new Map<number, Candidate>();
  #message: JsonObject | null = null;

  add(event: JsonObject, index: number): void {
    // Code Assist puts each answer into a `response`.
    const chunk = event['candidates'] === undefined ? (asObject(event['response']) ?? event) : event;
    this.#message ??= {};
    for (const [key, value] of Object.entries(chunk)) {
      if (key === 'candidates') this.#message['candidates'] ??= [];
      else setField(this.#message, key, value);
    }
    if (chunk['usageMetadata'] !== undefined) this.#links.add(index, { pointer: '/usageMetadata' });
    asArray(chunk['candidates']).forEach((piece, position) => {
      const candidate = asObject(piece);
      if (candidate) this.#addCandidate(candidate, asIndex(candidate['index']) ?? position, index);
    });
  }

  finish(): Accumulated {
    const candidates = [...this.#candidates.values()].sort((a, b) => a.index - b.index);
    candidates.forEach((candidate, position) => (candidate.pointer = `/candidates/${position}`));
    if (this.#message && candidates.length > 0) {
      this.#message['candidates'] = candidates.map(({ value }) => value);
    }
    const isBlocked = asObject(this.#message?.['promptFeedback'])?.['blockReason'] !== undefined;
    const isFinished = candidates.every(({ value }) => typeof value['finishReason'] === 'string');
    return {
      message: this.#message,
      links: this.#links.list(),
      sentArguments: new Map(),
      missing: candidates.length === 0 ? (isBlocked ? null : 'no candidate') : isFinished ? null : 'no finishReason',
      error: null,
    };
  }

  #addCandidate(piece: JsonObject, place: number, index: number): void {
    let candidate = this.#candidates.get(place);
    if (candidate === undefined) {
      candidate = { index: place, value: {}, pointer: '' };
      this.#candidates.set(place, candidate);
      this.#links.add(index, candidate);
    }
    for (const [key, value] of Object.entries(piece)) {
      if (key === 'content') this.#addContent(candidate, asObject(value), index);
      else setField(candidate.value, key, value);
    }
    if (piece['finishReason'] !== undefined) this.#links.add(index, candidate, '/finishReason');
  }

  #addContent(candidate: Candidate, piece: JsonObject | null, index: number): void {
    if (piece === null) return;
    const content = asObject(candidate.value['content']) ?? {};
    candidate.value['content'] = content;
    for (const [key, value] of Object.entries(piece)) {
      if (key === 'parts') this.#addParts(candidate, content, asArray(value), index);
      else setField(content, key, value);
    }
  }

  #addParts(candidate: Candidate, content: JsonObject, pieces: readonly unknown[], index: number): void {
    const parts = asArray(content['parts']);
    content['parts'] = parts;
    for (const piece of pieces) {
      const last = asObject(parts.at(-1));
      const added = asObject(piece);
      if (last && added && isSameText(last, added)) {
        const before = asString(last['text'])!;
        const text = asString(added['text'])!;
        last['text'] = before + text;
        this.#links.addText(index, candidate, `/content/parts/${parts.length - 1}/text`, before, text);
      } else {
        parts.push(piece);
        const text = asString(added?.['text']);
        const path = `/content/parts/${parts.length - 1}`;
        if (text === null) this.#links.add(index, candidate, path);
        else this.#links.addText(index, candidate, `${path}/text`, '', text);
      }
    }
  }
}

/** Texts of the same kind, of which neither carries anything else, such as a signature. */
function isSameText(last: JsonObject, added: JsonObject): boolean {
  const isPlain = (part: JsonObject): boolean =>
    typeof part['text'] === 'string' && Object.keys(omit(part, 'text', 'thought')).length === 0;
  return isPlain(last) && isPlain(added) && (last['thought'] === true) === (added['thought'] === true);
}
