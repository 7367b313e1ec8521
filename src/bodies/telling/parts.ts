import type {
  Field,
  MediaPart,
  Part,
  SourcePart,
  TextPart,
  ThinkingPart,
  ToolCallPart,
  ToolResultPart,
} from '../conversation.js';
import { prettyPrint } from '../json-pretty.js';
import type { ToolJoin } from '../tool-joins.js';
import { tell, tellMark, tellNote, tellPlural, type Told, type ToldText } from './told.js';

/** The parts of a message. What is told is what the body says; nothing in it is followed, fetched or run. */

/** The other half of a tool's call or result, by the pointer of this one. */
export type Joins = ReadonlyMap<string, ToolJoin>;

const DEEPEST = 12;
const SHORT_FIELD = 200;
/** Shorter JSON needs no indents; longer stays as it was sent: the tree folds it. */
const SHORT_JSON = 40;
const PRETTY_JSON = 20_000;
/** Types of tool calls that go without saying. */
const PLAIN_CALLS: ReadonlySet<string> = new Set(['tool_use', 'function', 'functionCall', 'function_call']);

export function tellParts(parts: readonly Part[], joins: Joins, depth = 0): Told {
  return parts.map((part): Told => ({
    tag: 'part',
    className: `part-${part.kind}`,
    pointer: part.pointer,
    said: [tellPart(part, joins, depth), tellCacheMark(part.cacheMark), tellRest(part.rest)],
  }));
}

/** A text of a part or tool, in which matches and changes stand out. */
export function tellText(
  tag: ToldText['tag'],
  { pointer }: { pointer: string },
  field: string,
  text: string,
): ToldText {
  const pretty = tag === 'pre' ? printJson(text) : null;
  return pretty === null ? { tag, pointer, field, text } : { tag, pointer, field, text, pretty };
}

export function tellCacheMark(mark: string | null): Told {
  return mark === null ? '' : tellNote('prompt cache mark ', tell('code', mark));
}

/** Fields that are shown nowhere else; long ones by their length. */
export function tellRest(rest: readonly Field[]): Told {
  if (rest.length === 0) return '';
  const fields = rest.map(({ name, json }): Told => [
    tell('span', [
      tell('code', name),
      ' ',
      json.length > SHORT_FIELD ? tellPlural(json.length, 'character') : tell('code', json),
    ]),
    ' ',
  ]);
  return tell('p', fields, 'note rest');
}

function tellPart(part: Part, joins: Joins, depth: number): Told {
  switch (part.kind) {
    case 'text':
      return tellWritten(part);
    case 'thinking':
      return tellThinking(part);
    case 'refusal':
      return [tellNote(tellMark('blocked'), 'refusal'), tellText('long', part, 'text', part.text)];
    case 'tool-call':
      return tellToolCall(part, joins);
    case 'tool-result':
      return tellToolResult(part, joins, depth);
    case 'source':
      return tellSource(part, joins, depth);
    case 'numbers':
      return tellNote(part.count === null ? `an unknown number of ${part.unit}` : [part.count, ` ${part.unit}`]);
    case 'other':
      return [tellNote(part.type ?? 'of no known kind'), tellText('pre', part, 'json', part.json)];
    default:
      return tellMedia(part, joins, depth);
  }
}

function tellWritten(part: TextPart): Told {
  const text = part.text === '' ? tellNote('empty text') : tellText('markdown', part, 'text', part.text);
  if (part.citations.length === 0) return text;
  const citations = part.citations.map(({ title, url, text: words, type }) =>
    tell('li', [title ?? type ?? 'cited', url, words].filter((said) => said !== null).join(' · ')),
  );
  return [text, tell('ul', citations, 'citations note')];
}

function tellThinking(part: ThinkingPart): Told {
  if (part.isHidden || part.text === '') {
    const length = part.data?.length ?? part.signature?.length ?? 0;
    return tellNote('Thinking, encrypted by the provider', length === 0 ? '' : [', ', tellPlural(length, 'character')]);
  }
  return {
    tag: 'folded',
    fold: `${part.pointer}#text`,
    words: ['Thinking, ', tellPlural(part.text.length, 'character')],
    said: tellText('long', part, 'text', part.text),
  };
}

function tellToolCall(part: ToolCallPart, joins: Joins): Told {
  const result = joins.get(part.pointer)?.result?.message;
  return [
    tellNote(
      part.isServer ? 'the provider calls ' : 'calls ',
      tell('b', tellText('named', part, 'name', part.name)),
      PLAIN_CALLS.has(part.type) ? '' : [', ', part.type],
      result === undefined ? '' : [' · ', { tag: 'link', message: result, said: ['result in ', result + 1] }],
    ),
    part.arguments === null ? tellNote('no arguments sent') : tellText('pre', part, 'arguments', part.arguments),
  ];
}

function tellToolResult(part: ToolResultPart, joins: Joins, depth: number): Told {
  const join = joins.get(part.pointer);
  const call = join?.call?.message;
  const name = part.name ?? join?.name ?? null;
  return [
    tellNote(
      part.isError === true ? [tellMark('error'), 'error'] : 'result',
      name === null ? '' : [' of ', tell('b', tellText('named', part, 'name', name))],
      call === undefined ? '' : [' · ', { tag: 'link', message: call, said: ['called in ', call + 1] }],
    ),
    part.parts.length === 0 ? tellNote('empty') : tellInner(part.parts, joins, depth, true),
  ];
}

/** Texts of a result are a program's: told as they are. */
function tellInner(parts: readonly Part[], joins: Joins, depth: number, isTool: boolean): Told {
  if (depth > DEEPEST) return tellNote('deeper parts stand in the tree');
  if (!isTool) return tellParts(parts, joins, depth + 1);
  return parts.map((part): Told =>
    part.kind === 'text'
      ? { tag: 'part', className: '', pointer: part.pointer, said: tellText('pre', part, 'text', part.text) }
      : tellParts([part], joins, depth + 1),
  );
}

function tellSource(part: SourcePart, joins: Joins, depth: number): Told {
  const { title, url, parts } = part;
  return [
    tellNote(
      'found: ',
      tell('b', tellText('named', part, 'title', title ?? 'without a title')),
      url === null ? '' : [' ', tell('span', tellText('named', part, 'url', url), 'address')],
    ),
    tellInner(parts, joins, depth, false),
  ];
}

function tellMedia(part: MediaPart, joins: Joins, depth: number): Told {
  const { source, kind, title, mediaType } = part;
  const named = mediaType === null ? kind : `${kind}, ${mediaType}`;
  const size =
    source.type === 'base64'
      ? tellPlural(source.byteLength, 'byte')
      : source.type === 'text'
        ? tellPlural(source.text.length, 'character')
        : null;
  const head = tellNote(
    named,
    size === null ? '' : [', ', size],
    title === null ? '' : [': ', tell('b', tellText('named', part, 'title', title))],
  );
  switch (source.type) {
    case 'base64':
      if (kind !== 'image') return head;
      return [head, { tag: 'picture', part, words: title ?? `${named}, ${describeBytes(source.byteLength)}` }];
    case 'url':
      return [
        head,
        tellNote('by address, not fetched: ', tell('span', tellText('named', part, 'url', source.url), 'address')),
      ];
    case 'file':
      return [head, tellNote('a file kept by the provider: ', tell('code', source.id))];
    case 'text':
      return [head, tellText('long', part, 'text', source.text)];
    case 'parts':
      return [head, tellInner(source.parts, joins, depth, false)];
    default:
      return [head, tellNote('its content is not in this body')];
  }
}

function describeBytes(bytes: number): string {
  return `${bytes.toLocaleString('en-US')} ${bytes === 1 ? 'byte' : 'bytes'}`;
}

/** With line ends and indents, numbers and escapes as written; null where it is no JSON, or is short as it is. */
function printJson(text: string): string | null {
  if (text.length < SHORT_JSON || text.length > PRETTY_JSON || !/^\s*[[{]/.test(text) || text.includes('\n')) {
    return null;
  }
  try {
    JSON.parse(text);
  } catch {
    return null;
  }
  return prettyPrint(text, 0, text.length);
}
