import { html, nothing } from 'lit';
import type {
  Field,
  MediaPart,
  Part,
  SourcePart,
  TextPart,
  ThinkingPart,
  ToolCallPart,
  ToolResultPart,
} from '../bodies/conversation.js';
import { type Highlight, renderMarked } from './body-marked.js';
import { placeText, renderNamed } from './body-part-texts.js';
import { type ChangedText, renderFolded, renderLong, renderPre } from './body-folds.js';
import { renderPicture, type Picture } from './body-picture.js';
import { renderCallMark } from './call-mark.js';
import { formatCount, formatPlural } from './format.js';

/** The parts of a message. What is drawn is what the body says; nothing in it is followed, fetched or run. */

/** Where the other half of a tool's call stands. */
export interface ToolJoin {
  readonly name: string;
  /** Message of the call and of its result; null: not in this body. */
  readonly call: number | null;
  readonly result: number | null;
}

export interface PartOptions {
  /** Null: texts are drawn plain. */
  readonly renderMarkdown: ((text: string, copy: (text: string) => void) => unknown) | null;
  /** Whether what is folded at first is open; by place and name of the text. */
  readonly isOpen: (fold: string) => boolean;
  readonly toggle: (fold: string) => void;
  readonly highlightsOf: (pointer: string, field: string) => readonly Highlight[];
  /** What differs in a text from that of another call; null: nothing is compared. */
  readonly changesOf: ((pointer: string, field: string) => ChangedText | null) | null;
  readonly pictureOf: (part: MediaPart) => Picture;
  readonly joinOf: (part: ToolCallPart | ToolResultPart) => ToolJoin | null;
  readonly goToMessage: (index: number) => void;
  readonly copy: (text: string, what: string) => void;
  /** Pointer of what is to stand out. */
  readonly marked: string | null;
}

const DEEPEST = 12;

export function renderParts(parts: readonly Part[], options: PartOptions, depth = 0): unknown {
  return parts.map((part) => {
    const isMarked = options.marked !== null && part.pointer === options.marked;
    return html`<div class="part part-${part.kind} ${isMarked ? 'spot' : ''}" data-pointer=${part.pointer}>
      ${renderPart(part, options, depth)}${
        part.cacheMark === null
          ? nothing
          : html`<p class="note">prompt cache mark <code>${renderMarked(part.cacheMark)}</code></p>`
      }${renderRest(part.rest)}
    </div>`;
  });
}

function renderPart(part: Part, options: PartOptions, depth: number): unknown {
  switch (part.kind) {
    case 'text':
      return renderText(part, options);
    case 'thinking':
      return renderThinking(part, options);
    case 'refusal':
      return html`<p class="note">${renderCallMark('blocked')}refusal</p>
        ${renderLong(part.text, placeText(part, 'text', options))}`;
    case 'tool-call':
      return renderToolCall(part, options);
    case 'tool-result':
      return renderToolResult(part, options, depth);
    case 'source':
      return renderSource(part, options, depth);
    case 'numbers':
      return html`<p class="note">
        ${part.count === null ? `an unknown number of ${part.unit}` : `${formatCount(part.count)} ${part.unit}`}
      </p>`;
    case 'other':
      return html`<p class="note">${part.type === null ? 'of no known kind' : renderMarked(part.type)}</p>
        ${renderPre(part.json, placeText(part, 'json', options))}`;
    default:
      return renderMedia(part, options, depth);
  }
}

function renderText(part: TextPart, options: PartOptions): unknown {
  const where = placeText(part, 'text', options);
  const { renderMarkdown } = options;
  const text =
    part.text === ''
      ? html`<p class="note">empty text</p>`
      : renderLong(part.text, where, renderMarkdown && ((text) => renderMarkdown(text, where.copy)));
  return html`${text}${
    part.citations.length === 0
      ? nothing
      : html`<ul class="citations note">
          ${part.citations.map(
            ({ title, url, text: words, type }) =>
              html`<li>
                ${renderMarked([title ?? type ?? 'cited', url, words].filter((said) => said !== null).join(' · '))}
              </li>`,
          )}
        </ul>`
  }`;
}

function renderThinking(part: ThinkingPart, options: PartOptions): unknown {
  if (part.isHidden || part.text === '') {
    const length = part.data?.length ?? part.signature?.length ?? 0;
    const size = length === 0 ? '' : `, ${formatPlural(length, 'character')}`;
    return html`<p class="note">Thinking, encrypted by the provider${size}</p>`;
  }
  const where = placeText(part, 'text', options);
  const words = `Thinking, ${formatPlural(part.text.length, 'character')}`;
  // What differs is not hidden.
  if (where.changed !== null) {
    return html`<p class="note">${words}</p>
      ${renderLong(part.text, where)}`;
  }
  return renderFolded(words, where, (where) => renderLong(part.text, { ...where, isOpen: true }));
}

function renderToolCall(part: ToolCallPart, options: PartOptions): unknown {
  const join = options.joinOf(part);
  return html`<p class="note">
      ${part.isServer ? 'the provider calls' : 'calls'}
      <b>${renderNamed(part.name, part.pointer, 'name', options)}</b>${
        part.type === 'tool_use' ||
        part.type === 'function' ||
        part.type === 'functionCall' ||
        part.type === 'function_call'
          ? nothing
          : html`, ${renderMarked(part.type)}`
      }${
        join?.result == null
          ? nothing
          : html` ·
              <button class="link" type="button" @click=${() => options.goToMessage(join.result!)}>
                result in ${formatCount(join.result + 1)}
              </button>`
      }
    </p>
    ${
      part.arguments === null
        ? html`<p class="note">no arguments sent</p>`
        : renderPre(part.arguments, placeText(part, 'arguments', options))
    }`;
}

function renderToolResult(part: ToolResultPart, options: PartOptions, depth: number): unknown {
  const join = options.joinOf(part);
  const name = part.name ?? join?.name ?? null;
  return html`<p class="note">
      ${part.isError === true ? html`${renderCallMark('error')}error` : 'result'}${
        name === null ? nothing : html` of <b>${renderMarked(name, options.highlightsOf(part.pointer, 'name'))}</b>`
      }${
        join?.call == null
          ? nothing
          : html` ·
              <button class="link" type="button" @click=${() => options.goToMessage(join.call!)}>
                called in ${formatCount(join.call + 1)}
              </button>`
      }
    </p>
    ${part.parts.length === 0 ? html`<p class="note">empty</p>` : renderInner(part.parts, options, depth, true)}`;
}

/** Texts of a result are a program's: drawn as they are. */
function renderInner(parts: readonly Part[], options: PartOptions, depth: number, isTool: boolean): unknown {
  if (depth > DEEPEST) return html`<p class="note">deeper parts stand in the tree</p>`;
  if (!isTool) return renderParts(parts, options, depth + 1);
  return parts.map((part) =>
    part.kind === 'text'
      ? html`<div class="part ${options.marked === part.pointer ? 'spot' : ''}" data-pointer=${part.pointer}>
          ${renderPre(part.text, placeText(part, 'text', options))}
        </div>`
      : renderParts([part], options, depth + 1),
  );
}

function renderSource({ title, url, parts, pointer }: SourcePart, options: PartOptions, depth: number): unknown {
  return html`<p class="note">
      found: <b>${renderNamed(title ?? 'without a title', pointer, 'title', options)}</b>
      ${url === null ? nothing : html`<span class="address">${renderNamed(url, pointer, 'url', options)}</span>`}
    </p>
    ${renderInner(parts, options, depth, false)}`;
}

function renderMedia(part: MediaPart, options: PartOptions, depth: number): unknown {
  const { source, kind, title, mediaType } = part;
  const size =
    source.type === 'base64'
      ? formatPlural(source.byteLength, 'byte')
      : source.type === 'text'
        ? formatPlural(source.text.length, 'character')
        : null;
  const words = [kind, mediaType, size].filter((word) => word !== null).join(', ');
  const head = html`<p class="note">
    ${renderMarked(words)}${title === null ? nothing : html`: <b>${renderNamed(title, part.pointer, 'title', options)}</b>`}
  </p>`;
  switch (source.type) {
    case 'base64':
      return html`${head}${kind === 'image' ? renderPicture(options.pictureOf(part), title ?? words) : nothing}`;
    case 'url':
      return html`${head}
        <p class="note">
          by address, not fetched:
          <span class="address">${renderNamed(source.url, part.pointer, 'url', options)}</span>
        </p>`;
    case 'file':
      return html`${head}
        <p class="note">a file kept by the provider: <code>${renderMarked(source.id)}</code></p>`;
    case 'text':
      return html`${head}${renderLong(source.text, placeText(part, 'text', options))}`;
    case 'parts':
      return html`${head}${renderInner(source.parts, options, depth, false)}`;
    default:
      return html`${head}
        <p class="note">its content is not in this body</p>`;
  }
}

const SHORT_FIELD = 200;

/** Fields that are shown nowhere else; long ones by their length. */
export function renderRest(rest: readonly Field[]): unknown {
  if (rest.length === 0) return nothing;
  return html`<p class="note rest">
    ${rest.map(
      ({ name, json }) =>
        html`<span
          ><code>${renderMarked(name)}</code> ${
            json.length > SHORT_FIELD
              ? formatPlural(json.length, 'character')
              : html`<code>${renderMarked(json)}</code>`
          }</span
        > `,
    )}
  </p>`;
}
