import { html, nothing, type TemplateResult } from 'lit';
import type { ToolDifference } from '../bodies/compare/field-differences.js';
import type { ValueDifference, WrittenValue } from '../bodies/compare/json-differences.js';
import type { TextDifference, TextSpan } from '../bodies/compare/text-differences.js';
import type { ToolDefinition } from '../bodies/conversation.js';
import type { HeadDifference } from '../bodies/worker/protocol.js';
import type { OpenPlace } from './body-cache.js';
import { renderMarked } from './body-marked.js';
import { formatCount, formatPlural } from './format.js';

/** A request against the first one, apart from its messages. */
export interface ComparedHead {
  readonly letters: readonly [from: string, to: string];
  readonly difference: HeadDifference;
  /** Whether there are parameters at all, to be called equal. */
  readonly hasParameters: boolean;
  readonly tools: readonly [from: readonly ToolDefinition[], to: readonly ToolDefinition[]];
}

/** Parameters, system prompt and tool definitions, each by its structure; what is equal in one line. */
export function renderHeads(heads: readonly ComparedHead[], open: OpenPlace): TemplateResult {
  return html`<div class="heads-compared" role="group" aria-label="What differs before the messages">
    ${heads.map((head) => renderHead(head, heads.length > 1, open))}
  </div>`;
}

function renderHead(head: ComparedHead, isOneOfSeveral: boolean, open: OpenPlace): TemplateResult {
  const { letters, difference, hasParameters } = head;
  const [from, to] = letters.map((letter) => html`<span class="letter">${letter}</span>`);
  const { system, tools } = difference;
  const isSystemEqual = [...system.left, ...system.right].every(({ isEqual }) => isEqual);
  const hasSystem = system.left.length + system.right.length > 0;
  const differing = tools.filter(({ kind, isMoved }) => kind !== 'equal' || isMoved);
  const equal = tools.filter(({ kind, isMoved }) => kind === 'equal' && !isMoved);
  const equals = [
    difference.parameters.length === 0 && hasParameters ? 'parameters' : [],
    isSystemEqual && hasSystem ? `system prompt, ${formatPlural(countCharacters(system.left), 'character')}` : [],
    equal.length > 0 ? formatPlural(equal.length, 'tool definition') : [],
  ].flat();
  return html`${isOneOfSeveral ? html`<h3>${to} against ${from}</h3>` : nothing}
  ${
    difference.parameters.length === 0
      ? nothing
      : html`<details open>
          <summary>
            ${formatPlural(difference.parameters.length, 'parameter')} ${verb(difference.parameters.length)}
          </summary>
          ${renderChanges('Parameter', letters, difference.parameters, ['', ''], open)}
        </details>`
  }
  ${isSystemEqual ? nothing : renderSystem(system, letters)}
  ${
    differing.length === 0
      ? nothing
      : html`<details open>
          <summary>${describeTools(differing)}</summary>
          ${differing.map((tool) => renderTool(tool, head, open))}
        </details>`
  }
  ${equals.length === 0 ? nothing : html`<p class="equal">Equal: ${equals.join('; ')}.</p>`}`;
}

const verb = (count: number): string => (count === 1 ? 'differs' : 'differ');

const countCharacters = (spans: readonly TextSpan[]): number => spans.reduce((sum, { text }) => sum + text.length, 0);

const KINDS: Readonly<Record<ValueDifference['kind'], string>> = {
  added: 'added',
  removed: 'removed',
  changed: 'changed',
  rewritten: 'written otherwise, equal in value',
  reordered: 'in another order',
  cut: 'cut: more may differ',
};

/** Values as they are written, beside each other. `bases`: what begins all pointers and needs no saying. */
function renderChanges(
  title: string,
  letters: readonly [string, string],
  differences: readonly ValueDifference[],
  bases: readonly [string, string],
  open: OpenPlace,
): TemplateResult {
  return html`<div class="changes" role="table" aria-label=${`${title}s that differ`}>
    <div role="row">
      <span role="columnheader">${title}</span>
      ${letters.map((letter) => html`<span role="columnheader"><span class="letter">${letter}</span></span>`)}
    </div>
    ${differences.map((difference) => renderChange(difference, letters, bases, open))}
  </div>`;
}

function renderChange(
  { kind, from, to }: ValueDifference,
  [before, after]: readonly [string, string],
  bases: readonly [string, string],
  open: OpenPlace,
): TemplateResult {
  const { pointer } = (to ?? from)!;
  const name = pointer.slice(bases[to === null ? 0 : 1].length + 1);
  const side = from === null ? after : to === null ? before : from.pointer === to.pointer ? null : after;
  const [left, right] = clipPair(from, to, kind);
  return html`<div role="row">
    <span role="rowheader">
      <span class="name"
        ><button type="button" title="Open ${pointer}" @click=${() => open(side, pointer)}>
          ${renderMarked(name === '' ? 'as a whole' : name)}
        </button></span
      >
      <span class="kind">${KINDS[kind]}</span>
    </span>
    <span role="cell" class="written">${left}</span>
    <span role="cell" class="written">${right}</span>
  </div>`;
}

const LONGEST = 240;
const AROUND = 48;

/** Both values, and of long ones the part that differs with what stands around it. */
function clipPair(from: WrittenValue | null, to: WrittenValue | null, kind: ValueDifference['kind']): unknown[] {
  const isWhole = kind !== 'changed' || from === null || to === null;
  const start = isWhole ? 0 : countCommonStart(from.json, to.json);
  const end = isWhole ? 0 : countCommonEnd(from.json, to.json, start);
  // A short value stands out as a whole.
  const isShort = Math.max(from?.json.length ?? 0, to?.json.length ?? 0) <= AROUND;
  const clip = (value: WrittenValue | null, isFrom: boolean): unknown => {
    if (value === null) return html`<span class="gap">–</span>`;
    const { json } = value;
    const [first, last] = isWhole || isShort ? [0, json.length] : [start, json.length - end];
    const mark = (text: string): unknown => {
      if (text === '') return nothing;
      const drawn = renderMarked(text);
      if (kind === 'reordered' || kind === 'cut') return drawn;
      return isFrom ? html`<del>${drawn}</del>` : html`<ins>${drawn}</ins>`;
    };
    return html`${renderBefore(json.slice(0, first))}${mark(shorten(json.slice(first, last)))}${
      last - first > LONGEST ? html`<span class="gap"> ${formatPlural(last - first, 'character')}</span>` : nothing
    }${renderAfter(json.slice(last))}`;
  };
  return [clip(from, true), clip(to, false)];
}

const shorten = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
const renderBefore = (text: string): unknown =>
  text.length > AROUND ? html`<span class="gap">…</span>${renderMarked(text.slice(-AROUND))}` : renderMarked(text);
const renderAfter = (text: string): unknown =>
  text.length > AROUND ? html`${renderMarked(text.slice(0, AROUND))}<span class="gap">…</span>` : renderMarked(text);

function countCommonStart(left: string, right: string): number {
  let at = 0;
  while (at < left.length && at < right.length && left.charCodeAt(at) === right.charCodeAt(at)) at++;
  return isInPair(left, at) ? at - 1 : at;
}

function countCommonEnd(left: string, right: string, start: number): number {
  const most = Math.min(left.length, right.length) - start;
  let length = 0;
  while (length < most && left.at(-1 - length) === right.at(-1 - length)) length++;
  return isInPair(left, left.length - length) ? length - 1 : length;
}

/** Whether a place lies within a pair that is one character. */
const isInPair = (text: string, at: number): boolean => {
  const [before, after] = [text.charCodeAt(at - 1), text.charCodeAt(at)];
  return before >= 0xd800 && before < 0xdc00 && after >= 0xdc00 && after < 0xe000;
};

/** Equal stretches of a system prompt, longer than this, are folded to their ends. */
const LONG_EQUAL = 240;
const KEPT = 80;

function renderSystem(system: TextDifference, letters: readonly [string, string]): TemplateResult {
  const { left, right, grain } = system;
  const [from, to] = letters;
  const changed = [left, right].map((spans) => countCharacters(spans.filter(({ isEqual }) => !isEqual)));
  const words =
    left.length === 0
      ? `System prompt only in ${to}, ${formatPlural(countCharacters(right), 'character')}`
      : right.length === 0
        ? `System prompt only in ${from}, ${formatPlural(countCharacters(left), 'character')}`
        : `System prompt differs: ${formatCount(changed[0]!)} characters of ${from}, ${formatCount(changed[1]!)} of ${to}`;
  // The messages below begin with it, and there its words are marked too.
  return html`<details>
    <summary>${words}${grain === 'mixed' ? ', compared by line where it is long' : ''}</summary>
    <div class="system-sides">
      ${[left, right].map(
        (spans, index) =>
          html`<div tabindex="0" role="group" aria-label="System prompt of ${letters[index]!}">
            <span class="letter">${letters[index]!}</span>${
              spans.length === 0
                ? html`<span class="gap">none</span>`
                : spans.map((span, at) => renderSpan(span, index, at, spans.length))
            }
          </div>`,
      )}
    </div>
  </details>`;
}

function renderSpan({ text, isEqual }: TextSpan, side: number, at: number, count: number): unknown {
  if (!isEqual) return side === 0 ? html`<del>${renderMarked(text)}</del>` : html`<ins>${renderMarked(text)}</ins>`;
  if (text.length <= LONG_EQUAL) return renderMarked(text);
  const start = at === 0 ? 0 : KEPT;
  const end = at === count - 1 ? 0 : KEPT;
  const gap = formatPlural(text.length - start - end, 'equal character');
  return html`${renderMarked(text.slice(0, start))}<span class="gap"> … ${gap} … </span>${renderMarked(
      end === 0 ? '' : text.slice(-end),
    )}`;
}

function describeTools(tools: readonly ToolDifference[]): string {
  const count = (kind: ToolDifference['kind']): number => tools.filter((tool) => tool.kind === kind).length;
  const moved = tools.filter(({ kind, isMoved }) => kind === 'equal' && isMoved).length;
  const parts = [
    ...(['changed', 'added', 'removed'] as const).map((kind) => [count(kind), kind] as const),
    [moved, 'moved'] as const,
  ].filter(([number]) => number > 0);
  return `Tool definitions: ${parts.map(([number, kind]) => `${formatCount(number)} ${kind}`).join(', ')}`;
}

function renderTool(tool: ToolDifference, { letters, tools }: ComparedHead, open: OpenPlace): TemplateResult {
  const { name, kind, isMoved, from, to, differences } = tool;
  const drawn = renderMarked(name);
  const marked = kind === 'removed' ? html`<del>${drawn}</del>` : kind === 'added' ? html`<ins>${drawn}</ins>` : drawn;
  const words = [
    kind === 'added' ? `only in ${letters[1]}` : kind === 'removed' ? `only in ${letters[0]}` : null,
    kind === 'changed' ? kind : null,
    isMoved ? `moved from place ${formatCount(from! + 1)} to ${formatCount(to! + 1)}` : null,
  ].filter((word) => word !== null);
  const bases = [tools[0][from ?? -1]?.pointer ?? '', tools[1][to ?? -1]?.pointer ?? ''] as const;
  return html`<p class="tool-changed"><b>${marked}</b> <span class="muted">${words.join(', ')}</span></p>
    ${differences.length === 0 ? nothing : renderChanges('Field', letters, differences, bases, open)}`;
}
