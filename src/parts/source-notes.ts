import type { LitElement, TemplateResult } from 'lit';
import { adoptSheet } from '../controllers/adopt-sheet.js';
import { DaemonTask } from '../controllers/daemon-task.js';
import { listSourceNotes } from '../daemon/source-notes.js';
import { command } from '../styles/command.js';
import { sourceNotes } from '../styles/source-notes.js';
import { renderSourceNotes } from '../view/source-notes.js';
import { copyText } from './copy-text.js';

/** What `<hm-status>` says below its line of a daemon that is read over HTTP. */
export class SourceNotes {
  readonly #notes: DaemonTask<[unknown], readonly string[]>;

  /** `beat`: another value whenever the server has been asked again. */
  constructor(host: LitElement, origin: () => string, beat: () => unknown) {
    for (const sheet of [command, sourceNotes]) adoptSheet(host.renderRoot, sheet);
    this.#notes = new DaemonTask(host, {
      args: () => [origin(), beat()],
      run: ([address], signal) => listSourceNotes(address, signal),
      quiet: true,
    });
  }

  render(): TemplateResult {
    return renderSourceNotes(this.#notes.data ?? [], copyText);
  }
}
