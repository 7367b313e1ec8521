import type {
  Answer,
  BodyKey,
  BodyMeta,
  ConversationHead,
  OpenBody,
  Params,
  QuestionName,
} from '../bodies/worker/protocol.js';
import type { RecordedTokens } from '../bodies/telling/told.js';
import type { BodyConnection } from './body-connection.js';
import type { Body } from '../daemon/bodies.js';
import type { CallDetail } from '../view/body-price.js';

const FIRST_COLUMNS = 80;

/** A body that is to be read: of which call, which side. */
export interface ReadBody {
  readonly origin: string;
  readonly letter: string;
  readonly side: 'request' | 'response';
  readonly call: CallDetail;
  readonly recorded: readonly RecordedTokens[];
  readonly body: Body;
}

interface ReadingOptions {
  readonly connection: BodyConnection;
  /** More was read: what is drawn of it is to be asked for anew. */
  readonly read: () => void;
  /** More is known. */
  readonly changed: () => void;
}

/** One body in the worker, from its opening to its closing, and what is known of it so far. */
export class BodyReading {
  /** Null: nothing was read yet. */
  meta: BodyMeta | null = null;
  /** Null: no conversation; undefined: not known yet. */
  conversation: ConversationHead | null | undefined;
  /** Why it could not be read; undefined: it can be. */
  error: unknown;

  readonly key: BodyKey;

  #of: ReadBody;
  readonly #options: ReadingOptions;
  readonly #opened = new AbortController();
  #asks = 0;
  #isWhole = false;

  constructor(of: ReadBody, options: ReadingOptions) {
    this.key = bodyKey(of);
    this.#of = of;
    this.#options = options;
    void this.open();
  }

  /** All that can be known of it is known: that it could not be read, or whether it is a conversation as a whole. */
  get isSettled(): boolean {
    return this.#isWhole || this.error !== undefined;
  }

  /** Again after an error. */
  async open(): Promise<void> {
    this.error = undefined;
    try {
      this.hear(await this.ask('open', describe(this.#of)));
    } catch (error) {
      if (this.#opened.signal.aborted) return;
      this.error = error;
      this.#options.changed();
    }
  }

  /** More may be known of its call: what the response says is set against that. */
  update(of: ReadBody): void {
    const isOther = String(of.recorded) !== String(this.#of.recorded);
    this.#of = of;
    if (isOther && this.conversation) void this.#askConversation(this.#isWhole);
  }

  /** Takes news of the body in. */
  hear(meta: BodyMeta): void {
    this.meta = meta;
    this.#options.read();
    if (meta.format === 'text' || meta.fault !== null) {
      this.conversation = null;
      this.#isWhole = meta.isRead;
    } else if (meta.format === 'json' || meta.isRead) {
      void this.#askConversation(meta.isRead);
    }
    this.#options.changed();
  }

  /** As the connection answers; of a body that was closed meanwhile never. */
  ask<Name extends QuestionName>(
    name: Name,
    params: Omit<Params<Name>, 'key'>,
    signal?: AbortSignal,
  ): Promise<Answer<Name>> {
    const asked = signal === undefined ? this.#opened.signal : AbortSignal.any([signal, this.#opened.signal]);
    const answer = this.#options.connection.ask(name, { key: this.key, ...params }, asked);
    return answer.then(
      (given) => {
        // Wrapped at another width it has other rows.
        if (name === 'wrap') this.meta = given as Answer<'wrap'>;
        return given;
      },
      (error: unknown) => {
        // Of a body that was closed nobody waits for anything any more.
        if (this.#opened.signal.aborted) return new Promise<never>(() => undefined);
        throw error;
      },
    );
  }

  /** Forgets the body. */
  end(): void {
    this.#opened.abort();
    void this.#options.connection.ask('close', { key: this.key }).catch(() => undefined);
  }

  async #askConversation(isWhole: boolean): Promise<void> {
    const asked = ++this.#asks;
    const answer = await this.ask('conversation', { recorded: this.#of.recorded }).catch(() => null);
    if (asked !== this.#asks || this.#opened.signal.aborted) return;
    // While more is being read, nothing that is known yet may still become a conversation.
    if (answer !== null || isWhole) this.conversation = answer;
    this.#isWhole = isWhole;
    this.#options.changed();
  }
}

export function bodyKey({ call, side }: Pick<ReadBody, 'call' | 'side'>): BodyKey {
  return `${call.id}/${side}`;
}

function describe({ origin, call, side, body }: ReadBody): Omit<OpenBody, 'key'> {
  const of = body[side];
  return {
    source: { origin, callId: call.id },
    side,
    provider: call.provider,
    contentType: of.contentType,
    endsEarly: of.truncated || ('incomplete' in of && of.incomplete),
    columns: FIRST_COLUMNS,
  };
}
