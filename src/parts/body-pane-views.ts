import type { LitElement } from 'lit';
import { LazyPart } from '../controllers/lazy-part.js';
import { renderLoading } from '../view/states.js';
import type { ViewName } from '../view/body-views.js';
import type { BodyContext, LedView } from './body-context.js';
import { renderLate } from './body-late.js';
import type { StoredView } from './body-stored-views.js';
import { BodyTalk, type TalkOptions } from './body-talk.js';

/** The views of one body, made once they are first shown, so that each finds again what was open in it. */
export class PaneViews {
  readonly #body: BodyContext;
  readonly #talkOptions: TalkOptions;
  readonly #views = new Map<Exclude<ViewName, 'conversation'>, LateView>();
  #talk: BodyTalk | null = null;

  constructor(body: BodyContext, talkOptions: TalkOptions) {
    this.#body = body;
    this.#talkOptions = talkOptions;
  }

  /** Beside the events, beside other calls, and as a view of its own: the same. */
  get talk(): BodyTalk {
    return (this.#talk ??= new BodyTalk(this.#body, this.#talkOptions));
  }

  get(name: ViewName): LedView {
    if (name === 'conversation') return this.talk;
    let view = this.#views.get(name);
    if (view === undefined) {
      view = new LateView(this.#body.host, async () => {
        const { makeStoredView } = await import('./body-stored-views.js');
        return makeStoredView(name, this.#body, () => (this.#body.conversation ? this.talk : null));
      });
      this.#views.set(name, view);
    }
    return view;
  }

  /** More was read. */
  refresh(): void {
    this.#talk?.refresh();
    for (const view of this.#views.values()) view.refresh();
  }

  end(): void {
    this.#talk?.end();
    for (const view of this.#views.values()) view.end();
  }
}

/** A view whose script comes when it is first drawn, or led to. */
class LateView extends LazyPart<StoredView> implements LedView {
  readonly #host: LitElement;
  #isEnded = false;

  constructor(host: LitElement, make: () => Promise<StoredView>) {
    super(host, make);
    this.#host = host;
  }

  render(end: unknown): unknown {
    return renderLate(this, (view) => view.render(end), renderLoading('the stored text'));
  }

  refresh(): void {
    this.value?.refresh();
  }

  /** The view with its boxes in the page, which it needs to lead anywhere. */
  async way(): Promise<StoredView | undefined> {
    const wasThere = this.value !== undefined;
    const view = await this.load();
    if (!wasThere) await this.#host.updateComplete;
    return this.#isEnded ? undefined : view;
  }

  end(): void {
    this.#isEnded = true;
    this.value?.end();
  }
}
