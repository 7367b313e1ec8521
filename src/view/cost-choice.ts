import { html, nothing, type TemplateResult } from 'lit';
import { LETTERS } from './call-letters.js';
import { formatCount } from './format.js';

/** Which calls are looked at: as the page's author names them, as the user chose them, or which two of more. */

/** Ids as they are written in an attribute or typed: separated by commas, with or without spaces. */
export const readIds = (text: string): readonly string[] => text.split(/[\s,]+/).filter((id) => id !== '');

/** What is wrong with the ids that are to be compared; null: nothing. */
export function findFault(ids: readonly string[]): string | null {
  if (ids.length !== 2) {
    const named = ids.length === 1 ? 'one id' : `${formatCount(ids.length)} ids`;
    return `The attribute calls takes two ids, separated by a comma: calls="a,b". It has ${named}.`;
  }
  return ids[0] === ids[1] ? `The attribute calls names the same call twice: ${ids[0]}.` : null;
}

/** Places of the two among the chosen calls that are set against each other: from the first to the second. */
export type Pair = readonly [from: number, to: number];

interface PairTools {
  readonly count: number;
  readonly pair: Pair;
  /** Whether there are two to turn: of ids that no call has there is no other way round. */
  readonly isWhole: boolean;
  readonly choose: (pair: Pair) => void;
}

export function renderPairs({ count, pair, isWhole, choose }: PairTools): TemplateResult {
  const places = Array.from({ length: count }, (_, place) => place);
  const pairs = places.flatMap((from) => places.slice(from + 1).map((to): Pair => [from, to]));
  const [from, to] = pair;
  return html`${
    count > 2
      ? html`<div class="tabs" role="group" aria-label="Which two">
          ${pairs.map(
            ([first, second]) =>
              html`<button
                type="button"
                aria-pressed=${pair.includes(first) && pair.includes(second)}
                @click=${() => choose([first, second])}
              >
                ${LETTERS[first]} and ${LETTERS[second]}
              </button>`,
          )}
        </div>`
      : nothing
  }${
    isWhole
      ? html`<button
          type="button"
          class="quiet"
          title="Why ${LETTERS[from]} cost more or less than ${LETTERS[to]}"
          @click=${() => choose([to, from])}
        >
          From ${LETTERS[to]} to ${LETTERS[from]}
        </button>`
      : nothing
  }`;
}

/** Where no scope and no attribute says which call: an id to type. */
export function renderIdForm(show: (ids: readonly string[]) => void): TemplateResult {
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const input = (event.target as HTMLFormElement).elements.namedItem('ids') as HTMLInputElement;
    show(readIds(input.value));
  };
  return html`<form class="ids" @submit=${onSubmit}>
    <input
      name="ids"
      type="search"
      autocomplete="off"
      spellcheck="false"
      aria-label="Ids of calls"
      placeholder="Id of a call, or of two"
    /><button type="submit" class="button" part="button">Show</button>
  </form>`;
}
