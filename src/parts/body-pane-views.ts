import type { ViewName } from '../view/body-views.js';
import type { BodyContext, BodyView } from './body-context.js';
import { LateView } from './body-late-view.js';
import { BodyTalk, type TalkOptions } from './body-talk.js';

/** The views of one body, made once they are first shown, so that each finds again what was open in it. */
export class PaneViews {
  readonly #body: BodyContext;
  readonly #talkOptions: TalkOptions;
  readonly #views = new Map<Exclude<ViewName, 'conversation'>, BodyView>();
  #talk: BodyTalk | null = null;

  constructor(body: BodyContext, talkOptions: TalkOptions) {
    this.#body = body;
    this.#talkOptions = talkOptions;
  }

  /** Beside the events, beside other calls, and as a view of its own: the same. */
  get talk(): BodyTalk {
    this.#talk ??= new BodyTalk(this.#body, this.#talkOptions);
    return this.#talk;
  }

  get(name: ViewName): BodyView {
    if (name === 'conversation') return this.talk;
    let view = this.#views.get(name);
    if (view === undefined) this.#views.set(name, (view = this.#make(name)));
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

  #make(name: Exclude<ViewName, 'conversation'>): BodyView {
    return new LateView(this.#body.host, async () => {
      const { makeStoredView } = await import('./body-stored-views.js');
      return makeStoredView(name, this.#body, () => (this.#body.conversation ? this.talk : null));
    });
  }
}
