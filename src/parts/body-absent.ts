import type { LitElement } from 'lit';
import type { CallsScope } from '../controllers/calls-scope.js';
import { adoptSheet } from '../controllers/adopt-sheet.js';
import { DaemonTask } from '../controllers/daemon-task.js';
import type { Body } from '../daemon/bodies.js';
import { getStatus } from '../daemon/status.js';
import { bodyAbsent } from '../styles/body-absent.js';
import { bodyEnd } from '../styles/body-end.js';
import { renderBodyState, renderSideState, type StateOptions } from '../view/body-absent.js';
import type { ShownCall } from '../view/body-calls.js';
import { renderEmptyBody } from '../view/body-end.js';
import { renderMissing } from '../view/missing-call.js';

interface AbsentOptions {
  readonly host: LitElement;
  readonly scope: CallsScope;
  readonly shown: () => readonly ShownCall[];
  readonly copyCommand: (command: string) => void;
}

/** Says why there is no body, or no call; loaded where there is none. */
export class BodyAbsent {
  readonly renderMissing = renderMissing;

  readonly #options: AbsentOptions;
  readonly #status;

  constructor(options: AbsentOptions) {
    this.#options = options;
    const { host, scope } = options;
    for (const sheet of [bodyAbsent, bodyEnd]) adoptSheet(host.renderRoot, sheet);
    // Only to say how long bodies are kept, and whether capture is off for all.
    this.#status = new DaemonTask(host, {
      args: () => [scope.origin],
      run: ([origin], signal) => getStatus(origin, signal),
      // Bodies of a call that is shown were not captured, or are gone.
      when: () => options.shown().some(({ body }) => ['off', 'expired'].includes(body.data?.state ?? '')),
      quiet: true,
    });
  }

  /** Nothing of a call's bodies. */
  renderBody(body: Body, project: string): unknown {
    return renderBodyState(body, this.#stateOptions(project));
  }

  /** One side, while the other is there. */
  renderSide(body: Body, sideName: 'request' | 'response', project: string): unknown {
    const side = body[sideName];
    return side.storedBytes === null ? renderSideState(body, side, this.#stateOptions(project)) : renderEmptyBody(side);
  }

  #stateOptions(project: string): StateOptions {
    return { project, capture: this.#status.data?.capture ?? null, onCopy: this.#options.copyCommand };
  }
}
