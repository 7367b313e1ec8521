import { html, nothing, type TemplateResult } from 'lit';
import type { Filter } from '../api/filter.js';
import type { FilterFrame } from './filter-bar.js';
import { isTimeFixed } from './filter-frame.js';

interface Choice {
  readonly label: string;
  readonly time: Pick<Filter, 'last' | 'since' | 'until'>;
}

/** Today in the zone, as the contract writes days; in UTC where there is no such zone: the server will say so. */
function findToday(timeZone: string): string {
  try {
    return new Intl.DateTimeFormat('sv-SE', { timeZone }).format();
  } catch {
    return findToday('UTC');
  }
}

/** The usual times, "today" and "this month" by the zone's calendar. */
function listChoices(timeZone: string): Choice[] {
  const today = findToday(timeZone);
  return [
    { label: 'Any time', time: {} },
    { label: 'Today', time: { since: today } },
    { label: 'Last 24 hours', time: { last: '24h' } },
    { label: 'Last 7 days', time: { last: '7d' } },
    { label: 'This month', time: { since: `${today.slice(0, 8)}01` } },
    { label: 'Last 30 days', time: { last: '30d' } },
    { label: 'Last 90 days', time: { last: '90d' } },
  ];
}

/** A choice of time, with a way to one of one's own and to the zone. Nothing where the page's author fixed the time. */
export function renderTime(frame: FilterFrame): TemplateResult | typeof nothing {
  const { filter, fixed, timeZone, place } = frame;
  if (isTimeFixed(fixed)) return nothing;
  const { last, since, until } = filter;
  const choices = listChoices(timeZone);
  const isShown = ({ time }: Choice): boolean => time.last === last && time.since === since && time.until === until;
  if (!choices.some(isShown)) {
    choices.push({
      label: place.value?.field.editor.describeTime(filter, timeZone) ?? '',
      time: { last, since, until },
    });
  }
  const shown = choices.findIndex(isShown);
  const onChange = (event: Event): void => {
    const menu = event.target as HTMLSelectElement;
    const choice = choices[menu.selectedIndex];
    if (choice !== undefined) {
      frame.change({ last: undefined, since: undefined, until: undefined, ...choice.time });
      return;
    }
    menu.selectedIndex = shown;
    void place.load().then((part) => part?.field.toggleForm(true, 'since'));
  };
  return html`<select aria-label="Time" @change=${onChange}>
    ${choices.map(({ label }, index) => html`<option ?selected=${index === shown} .selected=${index === shown}>${label}</option>`)}
    <option>From, until, zone…</option>
  </select>`;
}
