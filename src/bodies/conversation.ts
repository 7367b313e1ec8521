/** What a body says, whatever the provider's form: types only. Nothing that was written is lost on the way here. */

/** The form that was recognised in a body, by what it holds. */
export type ConversationForm =
  | 'anthropic-messages'
  | 'openai-chat'
  | 'openai-responses'
  | 'openai-completions'
  | 'openai-embeddings'
  | 'gemini-content'
  | 'gemini-embeddings';

/** Characters of the body from `start` up to, not including, `end`. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** Where something stands in the body. */
export interface Placed extends TextRange {
  /** JSON Pointer (RFC 6901); empty for the body itself. */
  readonly pointer: string;
  /** The body ended inside it: what is here is everything up to the cut. */
  readonly isCut: boolean;
}

/** A name and its value, exactly as written. */
export interface Field extends Placed {
  readonly name: string;
  /** Numbers, escapes and white space as they stand in the body. */
  readonly json: string;
}

export interface Conversation {
  readonly form: ConversationForm;
  readonly side: 'request' | 'response';
  /** As written in the body; null where it names none (Gemini names it in the path). */
  readonly model: string | null;
  /** The provider's id of a response. */
  readonly id: string | null;
  /** Every field of the body that is shown nowhere else, in the order written; of equal names all. */
  readonly parameters: readonly Field[];
  /** System prompt that stands apart from the messages. */
  readonly system: readonly Part[];
  readonly tools: readonly ToolDefinition[];
  /** Request: what was sent. Response: one message per choice or candidate; of OpenAI's responses one per output item. */
  readonly messages: readonly Message[];
  /** Why it stopped, one per choice or candidate; empty where nothing says so. */
  readonly stops: readonly Stop[];
  readonly usage: Usage | null;
  readonly error: ErrorDetail | null;
  /** The body ended in the middle. */
  readonly isCut: boolean;
}

export interface Message extends Placed {
  /** As written (`user`, `assistant`, `model`, `developer`, `tool`), or `input` and `output` where the form has no roles. */
  readonly role: string;
  readonly name: string | null;
  readonly parts: readonly Part[];
  /** The prompt cache's mark on the message as a whole or on one of its parts, as written; null: no mark. */
  readonly cacheMark: string | null;
  /** Index of the choice or candidate, of a response with several. */
  readonly choice: number | null;
  /** Its fields that are shown nowhere else (ids, states, log probabilities, safety ratings). */
  readonly rest: readonly Field[];
}

/** What every part has. */
interface PartPlace extends Placed {
  /** `cache_control` as written; null: no mark. */
  readonly cacheMark: string | null;
  /** Its fields that are shown nowhere else. */
  readonly rest: readonly Field[];
}

export interface TextPart extends PartPlace {
  readonly kind: 'text';
  readonly text: string;
  readonly citations: readonly Citation[];
}

export interface ThinkingPart extends PartPlace {
  readonly kind: 'thinking';
  /** Empty where it can't be read. */
  readonly text: string;
  /** Redacted or encrypted by the provider; `data` is then what stands in its place. */
  readonly isHidden: boolean;
  readonly data: string | null;
  readonly signature: string | null;
}

export interface RefusalPart extends PartPlace {
  readonly kind: 'refusal';
  readonly text: string;
}

export interface ToolCallPart extends PartPlace {
  readonly kind: 'tool-call';
  /** Joins it to its result; null where the provider gives none (Gemini joins by name and order). */
  readonly callId: string | null;
  readonly name: string;
  /** Exactly as written: of arguments sent as a string, what the string says. Null: none sent. */
  readonly arguments: string | null;
  /** Type as written: `tool_use`, `function`, `server_tool_use`, `web_search_call`, `functionCall`… */
  readonly type: string;
  /** Run by the provider, not by the client. */
  readonly isServer: boolean;
}

export interface ToolResultPart extends PartPlace {
  readonly kind: 'tool-result';
  readonly callId: string | null;
  /** Null where only the call says it. */
  readonly name: string | null;
  /** Null where nothing says so. */
  readonly isError: boolean | null;
  readonly parts: readonly Part[];
  readonly type: string;
  readonly isServer: boolean;
}

/** A picture, sound, film or document. */
export interface MediaPart extends PartPlace {
  readonly kind: 'image' | 'audio' | 'video' | 'document';
  /** As written, or by the kind's documented default; null: unknown. */
  readonly mediaType: string | null;
  /** Title, file name or transcript where it has one. */
  readonly title: string | null;
  readonly source: MediaSource;
}

export type MediaSource =
  /** `start` to `end`: the Base64 characters in the body, without quotes or `data:` prefix, but with JSON's escapes if any. */
  | (TextRange & { readonly type: 'base64'; /** What they decode to, in bytes. */ readonly byteLength: number })
  /** Never to be fetched. */
  | { readonly type: 'url'; readonly url: string }
  | { readonly type: 'file'; readonly id: string }
  | { readonly type: 'text'; readonly text: string }
  /** A document made of parts. */
  | { readonly type: 'parts'; readonly parts: readonly Part[] }
  | { readonly type: 'unknown' };

/** A document found by a search, with what of it was given to the model. */
export interface SourcePart extends PartPlace {
  readonly kind: 'source';
  readonly title: string | null;
  readonly url: string | null;
  readonly parts: readonly Part[];
}

/** An embedding, or a text given as tokens: of numbers only how many there are is told. */
export interface NumbersPart extends PartPlace {
  readonly kind: 'numbers';
  readonly unit: 'dimensions' | 'tokens';
  /** So many as were stored; null where they can't be counted. */
  readonly count: number | null;
}

/** What has no place among the others. */
export interface OtherPart extends PartPlace {
  readonly kind: 'other';
  /** Its `type` as written, or the name of its field; null: neither. */
  readonly type: string | null;
  readonly json: string;
}

export type Part =
  | TextPart
  | ThinkingPart
  | RefusalPart
  | ToolCallPart
  | ToolResultPart
  | MediaPart
  | SourcePart
  | NumbersPart
  | OtherPart;

export type PartKind = Part['kind'];

export interface Citation extends Placed {
  readonly type: string | null;
  readonly title: string | null;
  readonly url: string | null;
  /** The words that are cited. */
  readonly text: string | null;
  readonly json: string;
}

export interface ToolDefinition extends Placed {
  readonly name: string;
  readonly description: string | null;
  /** JSON Schema of the arguments, exactly as written; null where it has none. */
  readonly schema: Field | null;
  /** As written: `function`, `custom`, `web_search_20250305`, `google_search`… */
  readonly type: string;
  /** Run by the provider, not by the client. */
  readonly isServer: boolean;
  readonly cacheMark: string | null;
  readonly rest: readonly Field[];
}

export interface Stop {
  /** As written: `end_turn`, `stop`, `STOP`, `completed`… */
  readonly reason: string;
  /** The stop sequence, or why it is incomplete, as written; null: nothing more is said. */
  readonly detail: string | null;
  readonly choice: number | null;
  readonly pointer: string;
}

export interface Usage {
  readonly pointer: string;
  /** Every number, in the order written, by its path: `prompt_tokens_details.cached_tokens`. */
  readonly counts: readonly Field[];
  /** The same as the daemon records them. */
  readonly tokens: TokenCounts;
}

/** Disjoint: input without cached input, output without thinking. Null: the body doesn't say, which isn't 0. */
export interface TokenCounts {
  readonly input: number | null;
  readonly output: number | null;
  readonly thinking: number | null;
  readonly cacheRead: number | null;
  readonly cacheWrite: number | null;
}

export interface ErrorDetail extends Placed {
  readonly type: string | null;
  readonly code: string | null;
  readonly message: string | null;
  readonly json: string;
}

/** Whether it has a head to show: errors of a provider have none, and the embeddings of some. */
export function hasParameters({ model, id, parameters }: Pick<Conversation, 'model' | 'id' | 'parameters'>): boolean {
  return model !== null || id !== null || parameters.length > 0;
}
