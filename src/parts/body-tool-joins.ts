import type { ToolCallPart, ToolResultPart } from '../bodies/conversation.js';
import type { ToolJoin } from '../view/body-parts.js';
import type { BodyContext } from './body-context.js';

/** Which tool result belongs to which call, asked for once a call or result is drawn. */
export class ToolJoins {
  readonly #body: BodyContext;
  readonly #redraw: () => void;
  #joins: Map<string, ToolJoin> | null = null;

  constructor(body: BodyContext, redraw: () => void) {
    this.#body = body;
    this.#redraw = redraw;
  }

  forget(): void {
    this.#joins = null;
  }

  /** Null while it isn't known. */
  of(part: ToolCallPart | ToolResultPart): ToolJoin | null {
    if (this.#joins === null) void this.#ask();
    return this.#joins?.get(part.pointer) ?? null;
  }

  async #ask(): Promise<void> {
    const joins = new Map<string, ToolJoin>();
    this.#joins = joins;
    for (const { name, call, result } of await this.#body.ask('toolJoins', {}).catch(() => [])) {
      const join = { name, call: call?.message ?? null, result: result?.message ?? null };
      if (call !== null) joins.set(call.pointer, join);
      if (result !== null) joins.set(result.pointer, join);
    }
    if (this.#joins === joins) this.#redraw();
  }
}
