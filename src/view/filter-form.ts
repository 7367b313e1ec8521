import { html, nothing, type TemplateResult } from 'lit';
import type { Filter } from '../api/filter.js';
import { listTimeZones } from '../filter/complete.js';
import { BODY_STATES, type Flag, LISTS, type Measure, MEASURES } from '../filter/names.js';
import { isAfter } from '../filter/moment.js';
import { printQuantity, readBound } from '../filter/quantity.js';
import { readRange } from '../filter/read-quantity.js';
import { instantToLocal, isDay, isTimeZone, localToInstant } from '../filter/local-time.js';
import type { FilterBar } from './filter-bar.js';
import { renderValues } from './filter-values.js';

/** The filter as a form. It holds nothing of its own but texts that can't be read: every control shows the filter. */

const FLAG_CHOICES: readonly (readonly [flag: Flag, label: string, yes: string, no: string])[] = [
  ['priced', 'Price', 'priced', 'not priced'],
  ['complete', 'Token counts', 'complete', 'not complete'],
  ['repeated', 'Prompt', 'sent before', 'sent for the first time'],
];

const BODY_LABELS: Readonly<Record<(typeof BODY_STATES)[number], string>> = {
  stored: 'stored',
  truncated: 'cut',
  failed: 'failed',
  none: 'none kept',
};

const FIRST_DAY = '1970-01-01';
const EXAMPLES: Readonly<Record<Measure, string>> = { cost: '$0.05', tokens: '100k', latency: '10s', ttft: '2s' };
const LABELS: Readonly<Record<Measure, string>> = {
  cost: 'Cost',
  tokens: 'Tokens',
  latency: 'Latency',
  ttft: 'First token',
};
const valueOf = (event: Event): string => (event.target as HTMLInputElement).value.trim();

export function renderForm(bar: FilterBar): TemplateResult {
  const { field, fixed } = bar;
  const close = (): void => {
    field.toggleForm(false);
    field.focus();
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    close();
  };
  const isTimeFixed = (fixed.last ?? fixed.since ?? fixed.until) !== undefined;
  return html`<div class="form" role="group" aria-label="Filter form" @keydown=${onKey}>
    <div class="lists">${LISTS.map((list) => (fixed[list] === undefined ? renderValues(bar, list) : nothing))}</div>
    <div class="facts">
      ${MEASURES.map((measure) => renderRange(bar, measure))}
      ${isTimeFixed ? nothing : html`${renderMoment(bar, 'since', 'From')} ${renderMoment(bar, 'until', 'Until')}`}
      ${fixed.tz === undefined ? renderZone(bar) : nothing} ${renderWords(bar)} ${renderPhrases(bar)}
      ${FLAG_CHOICES.map((choice) => renderFlag(bar, ...choice))}
      ${fixed.body_state === undefined ? renderBodies(bar) : nothing}
    </div>
    <button type="button" class="button" part="button" @click=${close}>Close form</button>
  </div>`;
}

/** A text control whose text may be wrong: `read` gives the change, or the reason why there is none. */
function renderText(
  { field, change }: FilterBar,
  control: { name: string; label: string; value: string; type?: string; hint?: string; list?: string },
  read: (text: string) => Filter | string,
): TemplateResult {
  const { name, label, type = 'text', hint, list } = control;
  const wrong = field.formTexts.get(name);
  const reason = wrong === undefined ? undefined : read(wrong);
  const isWrong = typeof reason === 'string';
  const onChange = (event: Event): void => {
    // Each digit of a year is a change: before the last of them it is the year 2, 20 or 202.
    if ((event.target as HTMLInputElement).validity.rangeUnderflow) return;
    const text = valueOf(event);
    const result = read(text);
    field.setFormText(name, typeof result === 'string' ? text : undefined);
    if (typeof result !== 'string') change(result);
  };
  const onBlur = (event: Event): void => {
    if ((event.target as HTMLInputElement).validity.rangeUnderflow) field.setFormText(name, valueOf(event));
  };
  return html`<input
      type=${type}
      name=${name}
      aria-label=${label}
      placeholder=${hint ?? nothing}
      list=${list ?? nothing}
      min=${type === 'date' ? FIRST_DAY : nothing}
      max=${type === 'date' ? '9999-12-31' : nothing}
      maxlength="1024"
      autocomplete="off"
      aria-invalid=${isWrong}
      aria-describedby=${isWrong ? `filter-wrong-${name}` : nothing}
      .value=${isWrong ? wrong! : control.value}
      @change=${onChange}
      @blur=${onBlur}
    />${isWrong ? html`<p class="wrong" id="filter-wrong-${name}">${reason}</p>` : nothing}`;
}

function renderRange(bar: FilterBar, measure: Measure): TemplateResult | typeof nothing {
  const sides = (['min', 'max'] as const).filter((side) => bar.fixed[`${side}_${measure}`] === undefined);
  if (sides.length === 0) return nothing;
  return html`<div class="fact">
    <span class="name">${LABELS[measure]}</span>
    ${sides.map((side) => {
      const name = `${side}_${measure}` as const;
      const other = bar.filter[`${side === 'min' ? 'max' : 'min'}_${measure}` as const];
      const given = bar.filter[name];
      const bound = given === undefined ? null : readBound(given);
      const value = bound === null ? (given ?? '') : printQuantity(measure, bound);
      const label = side === 'min' ? 'at least' : 'at most';
      const read = (text: string): Filter | string => {
        if (text === '') return { [name]: undefined };
        const range = readRange(measure, side === 'min' ? '>=' : '<=', text);
        if (typeof range === 'string') return range;
        const found = range[side]!;
        const isEmpty = other !== undefined && (side === 'min' ? found > Number(other) : found < Number(other));
        return isEmpty ? 'This range ends before it starts.' : { [name]: String(found) };
      };
      const control = { name, label: `${LABELS[measure]} ${label}`, value, hint: EXAMPLES[measure] };
      return html`<span class="between">${side === 'min' ? 'from' : 'to'}</span>${renderText(bar, control, read)}`;
    })}
  </div>`;
}

function renderMoment(bar: FilterBar, name: 'since' | 'until', label: string): TemplateResult {
  const given = bar.filter[name] ?? '';
  const local = isDay(given) ? given : (instantToLocal(given, bar.timeZone) ?? '');
  const [day = '', time = ''] = local.split('T');
  const other = bar.filter[name === 'since' ? 'until' : 'since'];
  const readTogether = (newDay: string, newTime: string): Filter | string => {
    if (newDay === '') return { [name]: undefined };
    if (newDay < FIRST_DAY) return 'Write a year from 1970 on.';
    const moment = newTime === '' ? newDay : localToInstant(`${newDay}T${newTime}`, bar.timeZone);
    if (moment === null || !isDay(newDay)) return `There is no such time in ${bar.timeZone}.`;
    const [since, until] = name === 'since' ? [moment, other] : [other, moment];
    if (since !== undefined && until !== undefined && isAfter(since, until, bar.timeZone)) {
      return 'This time ends before it starts.';
    }
    return { last: undefined, [name]: moment };
  };
  return html`<div class="fact">
    <span class="name">${label}</span>
    ${renderText(bar, { name, label: `${label}, day`, value: day, type: 'date' }, (text) => readTogether(text, time))}
    ${
      day === ''
        ? nothing
        : renderText(bar, { name: `${name}-time`, label: `${label}, time`, value: time, type: 'time' }, (text) =>
            readTogether(day, text),
          )
    }
  </div>`;
}

function renderZone(bar: FilterBar): TemplateResult {
  const zones = listTimeZones();
  const read = (text: string): Filter | string => {
    if (text === '') return { tz: undefined };
    const zone = text.replaceAll(' ', '_');
    return isTimeZone(zone) ? { tz: zone } : `“${text}” is no time zone. Write UTC or Europe/London.`;
  };
  const control = {
    name: 'tz',
    label: 'Time zone',
    value: bar.filter.tz ?? '',
    hint: `${zones[0]}, as this browser`,
    list: 'filter-zones',
  };
  return html`<div class="fact">
    <span class="name">Time zone</span>${renderText(bar, control, read)}
    <datalist id="filter-zones">${zones.map((zone) => html`<option value=${zone}></option>`)}</datalist>
  </div>`;
}

function renderWords(bar: FilterBar): TemplateResult | typeof nothing {
  if (bar.fixed.q !== undefined) return nothing;
  const control = { name: 'q', label: 'Words', value: bar.filter.q ?? '', hint: 'each anywhere in id, model, folder…' };
  return html`<div class="fact">
    <span class="name">Words</span>${renderText(bar, control, (q) => ({ q: q || undefined }))}
  </div>`;
}

function renderPhrases(bar: FilterBar): TemplateResult | typeof nothing {
  if (bar.fixed.phrase !== undefined) return nothing;
  const phrases = bar.filter.phrase ?? [];
  const onChange = (event: Event): void => {
    const text = (event.target as HTMLInputElement).value;
    (event.target as HTMLInputElement).value = '';
    if (text.trim() !== '') bar.change({ phrase: [...new Set([...phrases, text])] });
  };
  return html`<div class="fact">
    <span class="name">Exact words</span>
    <input
      name="phrase"
      aria-label="Exact words"
      maxlength="1024"
      autocomplete="off"
      placeholder="as they stand"
      @change=${onChange}
    />
  </div>`;
}

function renderFlag(
  bar: FilterBar,
  flag: Flag,
  label: string,
  yes: string,
  no: string,
): TemplateResult | typeof nothing {
  if (bar.fixed[flag] !== undefined) return nothing;
  const value = bar.filter[flag] ?? '';
  const choices = [
    ['', 'any'],
    ['true', yes],
    ['false', no],
  ] as const;
  return html`<div class="fact">
    <span class="name">${label}</span>
    <select
      name=${flag}
      aria-label=${label}
      @change=${(event: Event) => bar.change({ [flag]: valueOf(event) || undefined })}
    >
      ${choices.map(([choice, words]) => html`<option value=${choice} .selected=${choice === value}>${words}</option>`)}
    </select>
  </div>`;
}

function renderBodies(bar: FilterBar): TemplateResult {
  const chosen = bar.filter.body_state ?? [];
  const onChange = (state: string, isChosen: boolean): void =>
    bar.change({ body_state: BODY_STATES.filter((other) => (other === state ? isChosen : chosen.includes(other))) });
  return html`<fieldset class="fact">
    <legend class="name">Body</legend>
    ${BODY_STATES.map(
      (state) =>
        html`<label
          ><input
            type="checkbox"
            name="body"
            .checked=${chosen.includes(state)}
            @change=${(event: Event) => onChange(state, (event.target as HTMLInputElement).checked)}
          />${BODY_LABELS[state]}</label
        >`,
    )}
  </fieldset>`;
}
