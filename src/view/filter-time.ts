import { html, nothing, type TemplateResult } from 'lit';
import type { Filter } from '../api/filter.js';
import { findToday } from '../filter/zone-time.js';
import type { FilterBar } from './filter-bar.js';
import { describeSpan, describeTime } from './filter-words.js';

const SPANS = ['24h', '7d', '30d', '90d'];
const CUSTOM = 'custom';

interface Choice {
  readonly label: string;
  readonly time: Pick<Filter, 'last' | 'since' | 'until'>;
}

/** The usual times, "today" and "this month" by the zone's calendar. */
function listChoices(timeZone: string): Choice[] {
  const today = findToday(timeZone);
  const [day, week, ...longer] = SPANS.map((last) => ({ label: `Last ${describeSpan(last)}`, time: { last } }));
  return [
    { label: 'Any time', time: {} },
    { label: 'Today', time: { since: today } },
    day!,
    week!,
    { label: 'This month', time: { since: `${today.slice(0, 8)}01` } },
    ...longer,
  ];
}

/** A choice of time, with a way to one of one's own and to the zone. Nothing where the page's author fixed the time. */
export function renderTime(bar: FilterBar): TemplateResult | typeof nothing {
  const { filter, fixed, timeZone, field } = bar;
  if ((fixed.last ?? fixed.since ?? fixed.until) !== undefined) return nothing;
  const { last, since, until } = filter;
  const choices = listChoices(timeZone);
  const isShown = ({ time }: Choice): boolean => time.last === last && time.since === since && time.until === until;
  if (!choices.some(isShown)) {
    choices.push({ label: describeTime(filter, timeZone), time: { last, since, until } as Choice['time'] });
  }
  const shown = choices.findIndex(isShown);
  const onChange = (event: Event): void => {
    const menu = event.target as HTMLSelectElement;
    const choice = choices[menu.selectedIndex];
    if (choice !== undefined) {
      bar.change({ last: undefined, since: undefined, until: undefined, ...choice.time } as Filter);
      return;
    }
    menu.selectedIndex = shown;
    field.toggleForm(true, 'since');
  };
  return html`<select aria-label="Time" @change=${onChange}>
    ${choices.map(({ label }, index) => html`<option ?selected=${index === shown} .selected=${index === shown}>${label}</option>`)}
    <option value=${CUSTOM}>From, until, zone…</option>
  </select>`;
}
