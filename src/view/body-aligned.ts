import { html, nothing, type TemplateResult } from 'lit';
import type { AlignedRow } from '../bodies/compare/align.js';
import type { AlignedItem, AlignedSides, HeadPart, SideName } from './body-aligned-items.js';
import { formatCount, formatPlural } from './format.js';

/** The lines of a list in which several calls stand level. */

const SIDE_WORDS: Readonly<Record<SideName, string>> = { request: 'Requests', response: 'Responses' };
const PART_WORDS: Readonly<Record<HeadPart, string>> = {
  parameters: 'parameters',
  system: 'system prompt',
  tools: 'tool definitions',
};
const listOf = new Intl.ListFormat('en', { type: 'conjunction' });

/** Where the requests begin, or the responses, and how many messages each has. */
export function renderSection({ side, columns }: AlignedSides): TemplateResult {
  const counts = columns.map(({ letter, head, words }) =>
    head === null ? words : `${formatPlural(head.messages, 'message')} in ${letter}`,
  );
  return html`<div class="aligned-section"><b>${SIDE_WORDS[side]}</b> <span>${counts.join(', ')}</span></div>`;
}

/** One line in place of what is equal. */
export function renderEqual(
  item: Extract<AlignedItem, { kind: 'fold' | 'heads' }>,
  toggle: () => void,
): TemplateResult {
  return html`<p class="aligned-fold ${item.isOpen ? 'open' : ''}">
    <span>${describeEqual(item)}</span>
    <button class="link" type="button" aria-expanded=${item.isOpen} @click=${toggle}>
      ${item.isOpen ? 'Hide' : 'Show'}
    </button>
  </p>`;
}

function describeEqual(item: Extract<AlignedItem, { kind: 'fold' | 'heads' }>): string {
  if (item.kind === 'fold') {
    return `${formatPlural(item.messages, 'equal message')}, ${formatPlural(item.characters, 'character')}`;
  }
  return `Equal ${listOf.format(item.parts.map((part) => PART_WORDS[part]))}`;
}

export interface AlignedCell {
  readonly letter: string;
  /** `gap`: the others have something here. `blank`: not compared, or nothing is stored. */
  readonly kind: 'filled' | 'gap' | 'blank';
  readonly content: unknown;
  /** In the first call, and in those that are set against it. */
  readonly isFirst: boolean;
}

interface RowOptions {
  readonly kind: AlignedRow['kind'];
  readonly cells: readonly AlignedCell[];
  /** It belongs to the difference that is shown. */
  readonly isCurrent: boolean;
  /** `Difference 3 of 17`; empty: it is none. */
  readonly label: string;
}

/** What stands level, one cell for each call. */
export function renderRow({ kind, cells, isCurrent, label }: RowOptions): TemplateResult {
  return html`<div
    class="aligned-row of-${cells.length} is-${kind} ${isCurrent ? 'now' : ''}"
    role="group"
    aria-label=${label === '' ? 'Equal' : label}
  >
    ${cells.map(
      (cell) =>
        html`<div
          class="cell place-${cell.letter.toLowerCase()} ${cell.kind} ${cell.isFirst ? 'first' : 'later'}"
          data-column=${cell.letter}
        >
          <span class="letter" aria-hidden="true">${cell.letter}</span>
          <div class="held"><span class="visually-hidden">${cell.letter}: </span>${cell.content}</div>
        </div>`,
    )}
  </div>`;
}

/** Opposite of what others have. `at`: where the same stands in this one. */
export function renderGap(letter: string, at: MovedTo | null, isBeyondCut: boolean): unknown {
  if (at !== null) return html`<p class="note">moved: ${renderMoved(at)}</p>`;
  return html`<p class="note">${isBeyondCut ? `not known: ${letter} is cut before this` : `not in ${letter}`}</p>`;
}

/** Where a message stands in another call. */
export interface MovedTo {
  readonly letter: string;
  /** From 0. */
  readonly message: number;
  readonly go: () => void;
}

export function renderMoved({ letter, message, go }: MovedTo): TemplateResult {
  return html`<button class="link" type="button" @click=${go}>${formatCount(message + 1)} in ${letter}</button>`;
}

/** Below the role of a message, why its row is a difference. */
export function renderNote(
  kind: AlignedRow['kind'],
  holders: readonly string[],
  missing: readonly string[],
  moved: readonly MovedTo[],
): unknown[] {
  const why =
    missing.length === 0 ? [] : holders.length === 1 ? `only in ${holders[0]!}` : `not in ${listOf.format(missing)}`;
  return [
    ...(kind === 'changed' ? [html`<em class="why">differs</em>`] : []),
    ...(missing.length === 0 ? [] : [html`<em class="why">${why}</em>`]),
    ...(moved.length === 0
      ? []
      : [html`moved: ${moved.map((to, index) => html`${index === 0 ? '' : ', '}${renderMoved(to)}`)}`]),
  ];
}

/** Of one that is set against the first and says the same, where others differ. */
export function renderSame(letter: string): TemplateResult {
  return html`as in ${letter}`;
}

export function renderFieldsNote(): TemplateResult {
  return html`<p class="note">differs in its fields, in no word that is shown</p>`;
}

/** Names that differ, in words: of parameters, of tools. */
export function renderNames(words: string, names: readonly string[]): unknown {
  if (names.length === 0) return nothing;
  return html`<p class="note"><em class="why">${words}</em> ${names.join(', ')}</p>`;
}

interface Tools {
  readonly isAligned: boolean;
  readonly isFolding: boolean;
  readonly toggleAligned: () => void;
  readonly toggleFolding: () => void;
  /** Null: they are not drawn level. */
  readonly differences: { readonly total: number; readonly current: number | null } | null;
  readonly step: (isBack: boolean) => void;
}

/** Switches, and the steps from difference to difference. */
export function renderAlignedTools(tools: Tools): TemplateResult {
  const { isAligned, isFolding, differences, step } = tools;
  return html`<button class="quiet" type="button" aria-pressed=${isAligned} @click=${tools.toggleAligned}>
      Aligned</button
    >${
      differences === null
        ? nothing
        : html`<button class="quiet" type="button" aria-pressed=${isFolding} @click=${tools.toggleFolding}>
              Fold equal
            </button>
            <span class="steps" role="group" aria-label="Differences">
              <span role="status">${describeStep(differences.total, differences.current)}</span>
              <button
                type="button"
                aria-label="Previous difference"
                aria-keyshortcuts="p Alt+ArrowUp"
                title="Previous difference ( p )"
                ?disabled=${differences.total === 0}
                @click=${() => step(true)}
              >
                ‹
              </button>
              <button
                type="button"
                aria-label="Next difference"
                aria-keyshortcuts="n Alt+ArrowDown"
                title="Next difference ( n )"
                ?disabled=${differences.total === 0}
                @click=${() => step(false)}
              >
                ›
              </button>
            </span>`
    }`;
}

export function describeStep(total: number, current: number | null): string {
  if (total === 0) return 'No difference';
  return current === null
    ? formatPlural(total, 'difference')
    : `Difference ${formatCount(current + 1)} of ${formatCount(total)}`;
}
