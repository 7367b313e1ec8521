import type { LitElement } from 'lit';
import type { CallsScope } from '../controllers/calls-scope.js';
import { adoptSheet } from '../controllers/adopt-sheet.js';
import type { BodyConnection } from './body-connection.js';
import { table } from '../styles/table.js';
import { bodyHighlights } from '../styles/body-highlights.js';
import { bodySeveral } from '../styles/body-several.js';
import { type ShownCall, SIDES, type Viewer } from '../view/body-calls.js';
import { describeSeveral, renderSeveral } from '../view/body-several.js';
import { LETTERS } from '../view/call-letters.js';
import type { BodyAddress } from './body-address.js';
import { SideBySide } from './body-aligned-viewer.js';
import { BodyDifferences } from './body-differences.js';
import type { BodyPane } from './body-pane.js';
import type { TalkStage } from './body-talk.js';

interface SeveralOptions {
  readonly host: LitElement;
  readonly connection: () => BodyConnection;
  readonly scope: CallsScope;
  readonly address: BodyAddress;
  readonly find: (callId: string, side: 'request' | 'response') => BodyPane | undefined;
}

/** All that only several calls have: what differs, and their bodies level with each other. Loaded with the second call. */
export class BodySeveral {
  readonly describe = describeSeveral;

  readonly #options: SeveralOptions;
  readonly #differences: BodyDifferences;
  readonly #sideBySide: SideBySide;

  constructor(options: SeveralOptions) {
    this.#options = options;
    const { host, connection, scope, address } = options;
    for (const sheet of [table, bodySeveral, bodyHighlights]) adoptSheet(host.renderRoot, sheet);
    this.#sideBySide = new SideBySide({ host, connection, scope, address });
    this.#differences = new BodyDifferences({
      host,
      connection,
      open: (letter, pointer) =>
        void address.places.load().then((places) => {
          places?.openPlace(`${letter === null ? '' : `${letter.toLowerCase()}-`}request${pointer}`);
        }),
    });
  }

  /** Before drawing: the calls that are shown now. */
  update(shown: readonly ShownCall[]): void {
    this.#sideBySide.update(
      shown.flatMap(({ id, found }, index) => {
        // None while it isn't known to be there.
        if (!found.data?.call) return [];
        const [request, response] = SIDES.map((side) => this.#options.find(id, side) ?? null);
        return { letter: LETTERS[index]!, request: request!, response: response! };
      }),
    );
  }

  /** Where the conversation of a body is shown; null: in its own pane. */
  stageOf(pane: BodyPane): TalkStage | null {
    return this.#sideBySide.stageOf(pane);
  }

  renderTools(): unknown {
    return this.#sideBySide.renderTools();
  }

  render(shown: readonly ShownCall[], viewer: Viewer): unknown {
    return renderSeveral(shown, viewer, {
      list: this.#sideBySide.renderList() ?? null,
      renderDifferences: (compared) => this.#differences.renderTable(compared, viewer.timeZone),
      differences: this.#differences.render(
        shown.flatMap(({ id, found, body }, index) => {
          const call = found.data?.call;
          const request = this.#options.find(id, 'request') ?? null;
          return call && body.data ? { letter: LETTERS[index]!, call, request } : [];
        }),
      ),
    });
  }

  /** @returns whether the key was for stepping through the differences. */
  hearKey(key: string, altKey: boolean, isFindOpen: boolean): boolean {
    return this.#sideBySide.hearKey(key, altKey, isFindOpen);
  }

  end(): void {
    this.#differences.end();
    this.#sideBySide.update([]);
  }
}
