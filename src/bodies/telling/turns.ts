import {
  type Conversation,
  type Field,
  hasParameters,
  type Message,
  type ToolDefinition,
  type Usage,
} from '../conversation.js';
import type { StreamState } from '../streams/rebuilt-stream.js';
import { type Joins, tellCacheMark, tellParts, tellRest, tellText } from './parts.js';
import {
  type RecordedTokens,
  tell,
  tellMark,
  tellNote,
  tellPlural,
  type Told,
  type ToldElement,
  type ToldHead,
  type ToldTool,
  type ToldTurn,
} from './told.js';

/** A conversation's messages and what stands before and after them, each with its role. */

const LONG_SYSTEM = 600;
const LONG_PARAMETER = 120;
const LONGEST_ERROR = 2_000;

export function tellHead(
  conversation: Conversation,
  stream: StreamState | null,
  recorded: readonly RecordedTokens[],
  joins: Joins,
): ToldHead {
  const { side, system, tools } = conversation;
  return {
    parameters: hasParameters(conversation) ? { role: side, notes: [], said: tellParameters(conversation) } : null,
    system: system.length > 0 ? { role: 'system', notes: [], said: tellSystem(conversation, joins) } : null,
    tools: tools.length > 0 ? { role: 'tools', notes: [], said: tellTools(tools) } : null,
    foot: tellFoot(conversation, stream, recorded),
  };
}

export function tellMessage(conversation: Conversation, index: number, joins: Joins): ToldTurn {
  const { role, name, parts, cacheMark, choice, rest, pointer, isCut } = conversation.messages[index]!;
  const stop = stopOf(conversation, index);
  const notes: Told[] = [
    conversation.messages.length > 1 ? index + 1 : '',
    name === null ? '' : tellText('named', { pointer }, 'name', name),
    choice === null || choice === 0 ? '' : ['choice ', choice + 1],
    stop ?? '',
    isCut ? [tellMark('body-cut'), 'cut'] : '',
  ];
  const isMarkedPart = parts.some((part) => part.cacheMark !== null);
  return {
    role,
    pointer,
    notes: notes.filter((note) => note !== ''),
    said: [
      parts.length === 0 ? tellNote('no content') : tellParts(parts, joins),
      isMarkedPart ? '' : tellCacheMark(cacheMark),
      tellRest(rest),
    ],
  };
}

export function tellTool(tool: ToolDefinition): ToldTool {
  const { name, description, schema, type, isServer, cacheMark, rest, pointer } = tool;
  return {
    pointer,
    words: `${name}\n${description ?? ''}\n${type}`,
    said: [
      tell('p', [
        tell('b', tellText('named', tool, 'name', name), 'mono'),
        ' ',
        tell('span', [isServer ? 'run by the provider, ' : '', type], 'note'),
      ]),
      description === null ? '' : tellText('long', tool, 'description', description),
      schema === null
        ? ''
        : {
            tag: 'folded',
            fold: `${pointer}#schema`,
            words: ['Arguments, ', tellPlural(schema.json.length, 'character')],
            said: tellText('pre', tool, 'schema', schema.json),
          },
      tellCacheMark(cacheMark),
      tellRest(rest),
    ],
  };
}

function tellTools({ length }: Conversation['tools']): Told {
  return { tag: 'folded', fold: 'tools', words: tellPlural(length, 'tool definition'), said: { tag: 'tools' } };
}

/** Of an answer in several items, the last one stands where it stopped. */
function stopOf(conversation: Conversation, index: number): string | null {
  const { side, messages } = conversation;
  const { choice } = messages[index]!;
  if (side === 'request' || (choice === null && index < messages.length - 1)) return null;
  return describeStop(conversation, choice);
}

/** Why the model stopped: of a choice, or of an answer as a whole. */
function describeStop({ stops }: Conversation, choice: Message['choice']): string | null {
  const stop = stops.find((candidate) => (candidate.choice ?? 0) === (choice ?? 0));
  return stop === undefined ? null : stop.detail === null ? stop.reason : `${stop.reason}: ${stop.detail}`;
}

function tellSystem({ system }: Conversation, joins: Joins): Told {
  const characters = system.reduce((sum, part) => sum + (part.kind === 'text' ? part.text.length : 0), 0);
  const said = tellParts(system, joins);
  if (characters < LONG_SYSTEM) return said;
  const words: Told = ['System prompt, ', tellPlural(characters, 'character')];
  return { tag: 'folded', fold: 'system', words, said, isComparedWhole: true };
}

/** Model and parameters, on one line each. */
function tellParameters({ model, id, parameters }: Conversation): Told {
  const line = (name: string, value: Told): Told => tell('div', [tell('dt', name), tell('dd', value)]);
  const lines = [
    model === null ? '' : line('model', model),
    id === null ? '' : line('id', id),
    ...parameters.map(({ name, json }: Field) =>
      line(name, json.length > LONG_PARAMETER ? tell('span', tellPlural(json.length, 'character'), 'muted') : json),
    ),
  ];
  return tell('dl', lines, 'parameters');
}

function tellFoot(
  conversation: Conversation,
  stream: StreamState | null,
  recorded: readonly RecordedTokens[],
): ToldTurn | null {
  const { usage, error, messages } = conversation;
  const stop = messages.length === 0 ? describeStop(conversation, null) : null;
  const said = [
    tellStreamState(stream),
    tellProviderError(error),
    stop === null ? '' : tell('p', `stopped: ${stop}`),
    usage === null ? '' : tellUsage(usage, recorded),
  ].filter((part) => part !== '');
  return said.length === 0 ? null : { role: usage === null ? '' : 'usage', notes: [], said };
}

/** How a rebuilt stream ended, where it did not end as it should. */
function tellStreamState(state: StreamState | null): Told {
  if (state === null || state.kind === 'complete') return '';
  const said: Told =
    state.kind === 'stopped'
      ? [tellMark('stream-cut'), tell('b', 'Stream not complete:'), ` ${state.reason}. What came is shown.`]
      : [tellMark('error'), tell('b', state.type ?? 'Error'), ' in event ', state.event + 1, `: ${state.message}`];
  return tell('p', said, 'stream-state');
}

function tellProviderError(error: Conversation['error']): Told {
  if (error === null) return '';
  const { type, code, message, json } = error;
  const name = [type, code].filter(Boolean).join(', ') || 'Error';
  return tell('p', [tellMark('error'), tell('b', name), ' ', message ?? json.slice(0, LONGEST_ERROR)], 'stream-state');
}

/** What a response says it used, against what the daemon recorded. Unknown is a word, never 0. */
function tellUsage({ tokens, counts }: Usage, recorded: readonly RecordedTokens[]): Told {
  const rows = recorded.filter(([kind, , count]) => tokens[kind] !== null || count > 0);
  const differs = ([kind, , count]: RecordedTokens): boolean => tokens[kind] !== null && tokens[kind] !== count;
  const number = (said: Told): ToldElement => tell('td', said, 'number');
  return [
    tell(
      'table',
      [
        tell(
          'caption',
          rows.some(differs)
            ? [tellMark('warning'), 'The response says otherwise than what was recorded']
            : 'Tokens as the response says, equal to what was recorded',
        ),
        tell(
          'thead',
          tell('tr', [
            tell('column', 'Tokens'),
            tell('column', 'Response', 'number'),
            tell('column', 'Recorded', 'number'),
          ]),
        ),
        tell(
          'tbody',
          rows.map((row) =>
            tell('tr', [
              tell('row', row[1]),
              number(tokens[row[0]] ?? tell('span', 'not said', 'muted')),
              number([differs(row) ? tellMark('warning') : '', row[2]]),
            ]),
          ),
        ),
      ],
      'usage',
    ),
    {
      tag: 'folded',
      fold: 'usage',
      words: 'As the provider counts',
      said: tell(
        'p',
        counts.map(({ name, json }): Told => [tell('span', [tell('code', name), ' ', tell('code', json)]), ' ']),
        'note rest',
      ),
    },
  ];
}
