import { html, type TemplateResult } from 'lit';
import { formatClock } from '../view/time.js';
import type { EventDocs } from './element-docs.js';

const MOST_ENTRIES = 50;
const MOST_LETTERS = 300;

/** The events that an element sent, newest first. */
export class EventLog {
  readonly #events: readonly EventDocs[];
  readonly #onChange: () => void;
  #entries: readonly { readonly at: Date; readonly name: string; readonly carried: string }[] = [];

  constructor(events: readonly EventDocs[], onChange: () => void) {
    this.#events = events;
    this.#onChange = onChange;
  }

  listenTo(element: HTMLElement): void {
    for (const { name } of this.#events) element.addEventListener(name, this.#onEvent);
  }

  readonly #onEvent = (event: Event): void => {
    const fields = this.#events.find(({ name }) => name === event.type)?.fields ?? [];
    const values = event as unknown as Readonly<Record<string, unknown>>;
    const carried = fields.map(({ name }) => `${name}: ${writeValue(values[name])}`).join(', ');
    this.#entries = [{ at: new Date(), name: event.type, carried }, ...this.#entries].slice(0, MOST_ENTRIES);
    this.#onChange();
  };

  render(): TemplateResult {
    const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
    return html`<section class="log" aria-labelledby="log-title">
      <h3 id="log-title">Events as they come</h3>
      ${
        this.#entries.length === 0
          ? html`<p class="muted">None yet: ${this.#events.map(({ name }) => name).join(', ')} are listened to.</p>`
          : html`<div class="entries" role="log" aria-label="Events, newest first" tabindex="0">
              <ol>
                ${this.#entries.map(
                  ({ at, name, carried }) =>
                    html`<li>
                      <span class="muted">${formatClock(at, zone)}</span> <code>${name}</code> <code>${carried}</code>
                    </li>`,
                )}
              </ol>
            </div>`
      }
    </section>`;
  }
}

function writeValue(value: unknown): string {
  const text = value instanceof Error ? value.message : (JSON.stringify(value) as string | undefined);
  return (text ?? 'undefined').slice(0, MOST_LETTERS);
}
