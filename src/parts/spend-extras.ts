import { nothing } from 'lit';
import { LazyPart } from '../controllers/lazy-part.js';
import type { SpendModel } from '../view/spend-model.js';
import type * as SpendTable from '../view/spend-table.js';
import { renderError } from '../view/states.js';
import type * as SpendExport from './spend-export.js';
import type { SpendHost } from './spend-part.js';
import type { SpendPicture } from './spend-picture.js';

interface Options {
  readonly model: () => SpendModel | undefined;
  readonly picture: SpendPicture;
}

/** What is made of the picture on demand, and loaded then: its numbers as a table, as a CSV file, and an image of it. */
export class SpendExtras {
  /** What became of the last file. */
  said = '';

  readonly #host: SpendHost;
  readonly #options: Options;
  readonly #table: LazyPart<typeof SpendTable>;
  readonly #files: LazyPart<typeof SpendExport>;
  #isTableShown = false;

  constructor(host: SpendHost, options: Options) {
    this.#host = host;
    this.#options = options;
    this.#table = new LazyPart(host, () => import('../view/spend-table.js'));
    this.#files = new LazyPart(host, () => import('./spend-export.js'));
  }

  get legend() {
    return {
      isTableShown: this.#isTableShown,
      toggleTable: () => {
        this.#isTableShown = !this.#isTableShown;
        if (this.#isTableShown) void this.#table.load();
        this.#host.requestUpdate();
      },
      saveCsv: () => void this.#save((files, model) => files.saveSpendCsv(model)),
      savePicture: () =>
        void this.#save((files, model) => {
          const { canvas } = this.#options.picture;
          return canvas === undefined
            ? Promise.resolve('There is no picture yet.')
            : files.saveSpendPicture(model, canvas);
        }),
    };
  }

  renderTable(): unknown {
    const model = this.#options.model();
    if (!this.#isTableShown || model === undefined) return nothing;
    if (this.#table.error !== undefined) {
      return renderError('the script that draws the table', this.#table.error, '', () => void this.#table.retry());
    }
    return this.#table.value?.renderSpendTable(model) ?? nothing;
  }

  async #save(save: (files: typeof SpendExport, model: SpendModel) => Promise<string>): Promise<void> {
    const files = this.#files.error === undefined ? await this.#files.load() : await this.#files.retry();
    const model = this.#options.model();
    if (model === undefined) return;
    try {
      this.said = files === undefined ? 'The script that saves could not be loaded.' : await save(files, model);
    } catch (error) {
      this.said = `Not saved: ${error instanceof Error ? error.message : String(error)}`;
    }
    this.#host.requestUpdate();
  }
}
