import { css, html, nothing, type ReactiveController, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Filter } from '../api/filter.js';
import { type Group, type GroupsAnswer, listGroups } from '../daemon/groups.js';
import { callMarks } from '../styles/call-marks.js';
import { table } from '../styles/table.js';
import * as t from '../styles/tokens.js';
import { type GroupKey, GROUPINGS } from '../view/call-arrangement.js';
import {
  filterOfGroup,
  GROUP_COLUMNS,
  type GroupColumn,
  nameGroup,
  renderGroupName,
  sortGroups,
} from '../view/call-groups.js';
import { formatCount, formatPlural } from '../view/format.js';
import { renderEmpty, renderLoading, renderStates } from '../view/states.js';
import { adoptSheet } from '../controllers/adopt-sheet.js';
import type { CallsContext } from './calls-context.js';
import { DaemonTask } from '../controllers/daemon-task.js';

/** Groups that are drawn unless all are asked for: a page of a thousand folders helps nobody. */
const SHOWN = 200;

const styles = css`
  .groups tbody tr {
    cursor: pointer;
  }
  .groups tbody th button {
    max-width: 46ch;
    font-size: inherit;
  }
  .groups tbody th button span {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .groups tbody th button:hover span {
    text-decoration: underline;
    text-underline-offset: 3px;
  }
  .groups .all {
    margin-top: 8px;
    color: ${t.accent};
  }
  @container (max-width: 1040px) {
    .groups .from-1040 {
      display: none;
    }
  }
  @container (max-width: 720px) {
    .groups .from-720 {
      display: none;
    }
  }
  @container (max-width: 460px) {
    .groups tbody th button {
      max-width: 20ch;
    }
  }
`;

/** The calls of the filter in groups with their sums; choosing a group filters by it and shows its calls. */
export class CallGroups implements ReactiveController {
  readonly #context: CallsContext;
  readonly #groups: DaemonTask<[by: GroupKey | null, filter: Filter], GroupsAnswer | null>;
  #showsAll = false;
  /** A group was opened, and its calls are not drawn yet. */
  #isLeft = false;

  constructor(context: CallsContext) {
    this.#context = context;
    const { host, scope, arrangement } = context;
    for (const sheet of [table, callMarks, styles]) adoptSheet(host.renderRoot, sheet);
    this.#groups = new DaemonTask(host, {
      args: (): readonly [string, GroupKey | null, Filter] => [scope.origin, arrangement().group, scope.asked],
      // While calls are not grouped there is nothing to ask for, also not again when the data changed.
      run: ([origin, by, filter], signal) =>
        by === null ? Promise.resolve(null) : listGroups(origin, by, filter, signal),
      live: true,
      quiet: true,
    });
    host.addController(this);
  }

  /** The group that had the focus is gone: the focus goes to its calls. */
  hostUpdated(): void {
    const grid = this.#isLeft ? this.#context.host.renderRoot.querySelector<HTMLElement>('.grid') : null;
    if (grid === null) return;
    this.#isLeft = false;
    grid.focus();
  }

  render(): TemplateResult {
    return html`<div class="groups" aria-busy=${this.#groups.pending}>
      ${renderStates(this.#groups, {
        what: 'groups of calls',
        timeZone: this.#context.scope.timeZone,
        renderEmpty: (answer) => {
          if (answer === null) return renderLoading('groups of calls');
          return answer.groups.length === 0 ? renderEmpty('No calls match this filter.') : null;
        },
        renderData: (answer) => this.#renderTable(answer!),
      })}
    </div>`;
  }

  #renderTable({ by, groups, totals }: GroupsAnswer): TemplateResult {
    const { groupSort, groupOrder } = this.#context.arrangement();
    const isKnown = groupSort === 'key' || GROUP_COLUMNS.some(({ key }) => key === groupSort);
    const sorted = sortGroups(groups, groupSort, groupOrder);
    const shown = this.#showsAll ? sorted : sorted.slice(0, SHOWN);
    const label = GROUPINGS.find(([key]) => key === by)?.[1] ?? by;
    return html`${
        isKnown
          ? nothing
          : html`<p class="fault" role="alert">Groups can't be sorted by ${JSON.stringify(groupSort)}.</p>`
      }
      <div class="scroller">
        <table part="groups" aria-labelledby="title" aria-rowcount=${groups.length + 1} @keydown=${this.#onKey}>
          <thead>
            <tr>
              ${this.#renderHead({ key: 'key', label: label[0]!.toUpperCase() + label.slice(1), classes: '' })}
              ${GROUP_COLUMNS.map((column) => this.#renderHead(column))}
            </tr>
          </thead>
          <tbody>
            ${repeat(
              shown,
              (group) => group.key,
              (group) => this.#renderGroup(by, group),
            )}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">${formatPlural(groups.length, 'group')}</th>
              ${GROUP_COLUMNS.map((column) => html`<td class=${column.classes}>${column.cell(totals)}</td>`)}
            </tr>
          </tfoot>
        </table>
      </div>
      ${
        shown.length < sorted.length
          ? html`<button type="button" class="all" @click=${this.#onAll}>
              Show all ${formatCount(sorted.length)} groups
            </button>`
          : nothing
      }`;
  }

  #renderHead({ key, label, classes }: Pick<GroupColumn, 'key' | 'label' | 'classes'>): TemplateResult {
    const { groupSort, groupOrder } = this.#context.arrangement();
    const sorted = key === groupSort ? (groupOrder === 'asc' ? 'ascending' : 'descending') : nothing;
    return html`<th scope="col" class=${classes} aria-sort=${sorted}>
      <button type="button" @click=${() => this.#sort(key, label)}>${label}</button>
    </th>`;
  }

  #renderGroup(by: GroupKey, group: Group): TemplateResult {
    const zone = this.#context.scope.timeZone;
    return html`<tr @click=${() => this.#open(by, group.key)}>
      <th scope="row"><button type="button">${renderGroupName(by, group.key)}</button></th>
      ${GROUP_COLUMNS.map(
        (column) => html`<td class=${column.classes}>${column.ofGroup?.(group, zone) ?? column.cell(group)}</td>`,
      )}
    </tr>`;
  }

  #sort(key: string, label: string): void {
    const { groupSort, groupOrder } = this.#context.arrangement();
    const usual = key === 'key' ? 'asc' : 'desc';
    const order = key !== groupSort ? usual : groupOrder === 'asc' ? 'desc' : 'asc';
    this.#context.arrange({ group_sort: key, group_order: order });
    this.#context.say(`Groups sorted by ${label.toLowerCase()}, ${order === 'asc' ? 'ascending' : 'descending'}.`);
  }

  #open(by: GroupKey, key: string | null): void {
    const { scope, arrange, say } = this.#context;
    this.#isLeft = true;
    say(`Calls of ${nameGroup(by, key)}.`);
    scope.changeFilter(filterOfGroup(by, key));
    // One step of the history for both, so that one step back leads to the groups.
    arrange({ group: undefined }, true);
  }

  readonly #onAll = (): void => {
    this.#showsAll = true;
    this.#context.host.requestUpdate();
  };

  /** Letters and arrows go from group to group; Enter is the button's own. */
  readonly #onKey = (event: KeyboardEvent): void => {
    const steps: Readonly<Record<string, number>> = {
      j: 1,
      ArrowDown: 1,
      k: -1,
      ArrowUp: -1,
      Home: -Infinity,
      End: Infinity,
    };
    const step = steps[event.key];
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const buttons = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('tbody button')];
    const held = buttons.findIndex((button) => button.matches(':focus'));
    buttons[Math.max(0, Math.min(buttons.length - 1, held + step))]?.focus();
    event.preventDefault();
  };
}
