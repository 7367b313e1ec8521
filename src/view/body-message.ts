import { html, nothing, type TemplateResult } from 'lit';
import type { Conversation, Field, Message, ToolDefinition } from '../bodies/conversation.js';
import type { StreamState } from '../bodies/streams/rebuilt-stream.js';
import type { ConversationHead } from '../bodies/worker/protocol.js';
import { renderFolded, renderLong, renderPre } from './body-folds.js';
import { renderMarked } from './body-marked.js';
import { type PartOptions, renderParts, renderRest } from './body-parts.js';
import { renderCallMark } from './call-mark.js';
import { formatCount, formatPlural } from './format.js';

/** A conversation's messages and what stands before and after them, each with its role in the gutter. */

/** One line of a conversation: who, in the gutter, and what. */
export function renderTurn(
  role: unknown,
  notes: readonly unknown[],
  content: unknown,
  spot: { readonly pointer: string; readonly isMarked: boolean } | null = null,
): TemplateResult {
  return html`<div class="turn ${spot?.isMarked ? 'spot' : ''}" data-pointer=${spot?.pointer ?? nothing}>
    <div class="role"><b>${role}</b>${notes.map((note) => html`<span>${note}</span>`)}</div>
    <div class="said">${content}</div>
  </div>`;
}

interface TurnOptions extends PartOptions {
  /** What a comparison says of it, below its role. */
  readonly notes: readonly unknown[];
}

interface MessageOptions extends TurnOptions {
  /** Its place among all, from 0; null where there is only one. */
  readonly index: number | null;
  /** Why the model stopped, of an answer. */
  readonly stop: string | null;
  /** What a comparison adds at its end. */
  readonly words: unknown;
}

export function renderMessage(message: Message, options: MessageOptions): TemplateResult {
  const { role, name, parts, cacheMark, choice, rest, pointer, isCut } = message;
  const notes = [
    options.index === null ? null : formatCount(options.index + 1),
    name === null ? null : renderMarked(name, options.highlightsOf(pointer, 'name')),
    choice === null || choice === 0 ? null : `choice ${formatCount(choice + 1)}`,
    options.stop === null ? null : renderMarked(options.stop),
    isCut ? html`${renderCallMark('body-cut')}cut` : null,
    ...options.notes,
  ].filter((note) => note !== null);
  const isMarkedPart = parts.some((part) => part.cacheMark !== null);
  return renderTurn(
    renderMarked(role),
    notes,
    html`${parts.length === 0 ? html`<p class="note">no content</p>` : renderParts(parts, options)}${
      cacheMark === null || isMarkedPart
        ? nothing
        : html`<p class="note">prompt cache mark <code>${renderMarked(cacheMark)}</code></p>`
    }${renderRest(rest)}${options.words}`,
    { pointer, isMarked: options.marked === pointer },
  );
}

const LONG_SYSTEM = 600;

export function renderSystem({ system }: ConversationHead, options: TurnOptions): TemplateResult {
  const characters = system.reduce((sum, part) => sum + (part.kind === 'text' ? part.text.length : 0), 0);
  const content = (): unknown => renderParts(system, options);
  const isShort = characters < LONG_SYSTEM || options.changesOf !== null;
  if (isShort) return renderTurn('system', options.notes, content());
  return renderTurn(
    'system',
    options.notes,
    renderFolded(`System prompt, ${formatPlural(characters, 'character')}`, placeOf('system', options), content),
  );
}

function placeOf(fold: string, options: PartOptions) {
  return {
    isOpen: options.isOpen(fold),
    toggle: () => options.toggle(fold),
    highlights: [],
    copy: (text: string) => options.copy(text, 'Text'),
    changed: null,
  };
}

interface ToolsOptions extends TurnOptions {
  readonly words: unknown;
  readonly search: string;
  readonly setSearch: (text: string) => void;
}

/** Tool definitions: folded, and searched by name and description. */
export function renderTools(tools: readonly ToolDefinition[], options: ToolsOptions): TemplateResult {
  const wanted = options.search.toLowerCase();
  const found = tools.filter(({ name, description, type }) =>
    `${name}\n${description ?? ''}\n${type}`.toLowerCase().includes(wanted),
  );
  return renderTurn(
    'tools',
    options.notes,
    html`${options.words}${renderFolded(
      formatPlural(tools.length, 'tool definition'),
      placeOf('tools', options),
      () =>
        html`<label class="tool-search"
            ><input
              type="search"
              placeholder="Search the tools"
              aria-label="Search the tool definitions"
              .value=${options.search}
              @input=${(event: Event) => options.setSearch((event.target as HTMLInputElement).value)}
            />
            <span class="note" role="status"
              >${wanted === '' ? nothing : `${formatCount(found.length)} of ${formatCount(tools.length)}`}</span
            ></label
          >
          <ul class="tools">
            ${found.map((tool) => renderTool(tool, options))}
          </ul>`,
    )}`,
  );
}

function renderTool(tool: ToolDefinition, options: PartOptions): TemplateResult {
  const { name, description, schema, type, isServer, cacheMark, rest, pointer } = tool;
  const at = (field: string) => ({
    ...placeOf(`${pointer}#${field}`, options),
    highlights: options.highlightsOf(pointer, field),
  });
  return html`<li class=${options.marked === pointer ? 'spot' : ''} data-pointer=${pointer}>
    <p>
      <b class="mono">${renderMarked(name, options.highlightsOf(pointer, 'name'))}</b>
      <span class="note">${isServer ? 'run by the provider, ' : ''}${renderMarked(type)}</span>
    </p>
    ${description === null ? nothing : renderLong(description, at('description'))}
    ${
      schema === null
        ? nothing
        : renderFolded(`Arguments, ${formatPlural(schema.json.length, 'character')}`, at('schema'), (place) =>
            renderPre(schema.json, { ...place, isOpen: false }),
          )
    }
    ${cacheMark === null ? nothing : html`<p class="note">prompt cache mark <code>${renderMarked(cacheMark)}</code></p>`}
    ${renderRest(rest)}
  </li>`;
}

const LONG_PARAMETER = 120;

/** Model and parameters, on one line each. */
export function renderParameters({ model, id, parameters }: ConversationHead): TemplateResult {
  const shown = (json: string): unknown =>
    json.length > LONG_PARAMETER
      ? html`<span class="muted">${formatPlural(json.length, 'character')}</span>`
      : renderMarked(json);
  const lines: [name: string, value: unknown][] = [
    ...(model === null ? [] : [['model', renderMarked(model)] satisfies [string, unknown]]),
    ...(id === null ? [] : [['id', renderMarked(id)] satisfies [string, unknown]]),
    ...parameters.map(({ name, json }: Field): [string, unknown] => [name, shown(json)]),
  ];
  return html`<dl class="parameters">
    ${lines.map(
      ([name, value]) =>
        html`<div>
          <dt>${renderMarked(name)}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;
}

/** How a rebuilt stream ended, where it did not end as it should. */
export function renderStreamState(state: StreamState | null): unknown {
  if (state === null || state.kind === 'complete') return nothing;
  return html`<p class="stream-state">
    ${
      state.kind === 'stopped'
        ? html`${renderCallMark('stream-cut')}<b>Stream not complete:</b> ${renderMarked(state.reason)}. What came is
            shown.`
        : html`${renderCallMark('error')}<b>${renderMarked(state.type ?? 'Error')}</b> in event
            ${formatCount(state.event + 1)}: ${renderMarked(state.message)}`
    }
  </p>`;
}

export function renderProviderError(error: Conversation['error']): unknown {
  if (error === null) return nothing;
  const { type, code, message, json } = error;
  return html`<p class="stream-state">
    ${renderCallMark('error')}<b>${renderMarked([type, code].filter(Boolean).join(', ') || 'Error')}</b>
    ${renderMarked(message ?? json.slice(0, 2_000))}
  </p>`;
}

/** Why the model stopped: of a choice, or of an answer as a whole. */
export function describeStop({ stops }: ConversationHead, choice: number | null): string | null {
  const stop = stops.find((candidate) => (candidate.choice ?? 0) === (choice ?? 0));
  return stop === undefined ? null : stop.detail === null ? stop.reason : `${stop.reason}: ${stop.detail}`;
}
