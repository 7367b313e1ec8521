import { html, nothing, type TemplateResult } from 'lit';
import { RATE_LABELS } from './pricing-columns.js';
import { RATE_KEYS, type RateKey } from './pricing-rows.js';
import { type RateUnit, describeUnit } from './rate-units.js';

/** What is asked: which model or rates, and whether caching counts. */

/** `own`: the rates in force when each call was made. `rates`: typed ones. Else a model's. */
export type Target = 'own' | 'rates' | { readonly provider: string; readonly model: string };

export interface WhatIfForm {
  readonly target: Target;
  readonly hasCaching: boolean;
  /** What is typed of each rate, and what is wrong with it. */
  readonly texts: Readonly<Record<RateKey, string>>;
  readonly faults: Readonly<Partial<Record<RateKey, string>>>;
  readonly unit: RateUnit;
  /** Models that have a rate now. */
  readonly models: readonly { readonly provider: string; readonly model: string }[];
}

interface Actions {
  readonly choose: (target: Target) => void;
  readonly cache: (hasCaching: boolean) => void;
  readonly type: (key: RateKey, text: string) => void;
}

const nameTarget = (target: Target): string =>
  typeof target === 'string' ? target : JSON.stringify([target.provider, target.model]);

function readTarget(name: string): Target {
  if (name === 'own' || name === 'rates') return name;
  const [provider, model] = JSON.parse(name) as [string, string];
  return { provider, model };
}

export function renderForm(form: WhatIfForm, actions: Actions): TemplateResult {
  const { target, hasCaching, models } = form;
  const chosen = nameTarget(target);
  const option = (name: string, words: string): TemplateResult =>
    html`<option value=${name} ?selected=${name === chosen}>${words}</option>`;
  const providers = [...new Set(models.map(({ provider }) => provider))].sort();
  return html`<div class="question">
      <label
        >Priced
        <select
          .value=${chosen}
          @change=${(event: Event) => actions.choose(readTarget((event.target as HTMLSelectElement).value))}
        >
          ${option('own', 'at the rates of then')} ${option('rates', 'at rates I type')}
          ${providers.map(
            (provider) =>
              html`<optgroup label=${provider}>
                ${models
                  .filter((model) => model.provider === provider)
                  .map((model) => option(nameTarget(model), model.model))}
              </optgroup>`,
          )}
        </select>
      </label>
      <label class="check"
        ><input
          type="checkbox"
          .checked=${!hasCaching}
          @change=${(event: Event) => actions.cache(!(event.target as HTMLInputElement).checked)}
        />
        without caching</label
      >
    </div>
    ${target === 'rates' ? renderRates(form, actions) : nothing}`;
}

function renderRates({ texts, faults, unit }: WhatIfForm, { type }: Actions): TemplateResult {
  const wrong = RATE_KEYS.filter((key) => faults[key] !== undefined);
  return html`<fieldset class="rates">
    <legend class="muted">US dollars ${describeUnit(unit)}</legend>
    ${RATE_KEYS.map(
      (key) =>
        html`<label
          >${RATE_LABELS[key]}
          <input
            inputmode="decimal"
            autocomplete="off"
            spellcheck="false"
            .value=${texts[key]}
            aria-invalid=${faults[key] === undefined ? nothing : 'true'}
            aria-describedby=${faults[key] === undefined ? nothing : 'rate-faults'}
            @input=${(event: InputEvent) => type(key, (event.target as HTMLInputElement).value)}
          />
        </label>`,
    )}
    ${
      wrong.length === 0
        ? nothing
        : html`<p id="rate-faults" class="mistake" role="alert">
            ${wrong.map((key) => `${RATE_LABELS[key]} ${faults[key]}.`).join(' ')}
          </p>`
    }
  </fieldset>`;
}
