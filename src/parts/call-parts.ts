import { nothing } from 'lit';
import type { Call } from '../daemon/calls.js';
import type { ColumnLayout } from '../view/call-layout.js';
import { renderError } from '../view/states.js';
import type { CallTable } from './call-table.js';
import type { CallsContext } from './calls-context.js';
import { AfterRows } from './after-rows.js';
import { EarlyInput } from './early-input.js';
import { LazyPart } from '../controllers/lazy-part.js';

/** What of the calls table is loaded when it is first asked for, or after the rows. */
export class CallParts {
  readonly input;
  readonly tools;
  readonly groups;
  readonly opened;
  readonly bodies;
  readonly columns;
  readonly foot;

  constructor(context: CallsContext, table: CallTable) {
    const { host } = context;
    this.columns = new LazyPart(host, async () => {
      const { parseColumns } = await import('../view/chosen-columns.js');
      return parseColumns;
    });
    // Whoever changes columns needs those that stand to be known.
    this.input = new LazyPart(host, async () => {
      const [{ CallInput }] = await Promise.all([import('./call-input.js'), this.columns.load()]);
      return new CallInput(context, table, this);
    });
    new EarlyInput(host, this.input, ['pointermove', 'focusin', 'keydown', 'click']);
    this.tools = new LazyPart(host, async () => {
      const [{ CallTools }] = await Promise.all([import('./call-tools.js'), this.columns.load()]);
      return new CallTools(context);
    });
    this.groups = new LazyPart(host, async () => {
      const { CallGroups } = await import('./call-groups.js');
      return new CallGroups(context);
    });
    this.opened = new LazyPart(host, async () => {
      const { OpenedCall } = await import('./opened-call.js');
      return new OpenedCall(context, table.list);
    });
    this.bodies = new LazyPart(host, async () => {
      const { CallBodies } = await import('./call-bodies.js');
      return new CallBodies(context);
    });
    this.foot = new AfterRows(
      host,
      () => table.list.calls.data !== undefined,
      async () => {
        const { CallFoot } = await import('./call-foot.js');
        return new CallFoot(context);
      },
    );
  }

  /** An answer is drawn. Bodies are asked about only for rows and columns that tell of them. */
  seen(calls: readonly Call[], { columns }: ColumnLayout): void {
    const hasPointer = columns.some(({ key }) => key.startsWith('/'));
    const hasState = columns.some(({ key }) => key === 'body') && calls.some(({ body }) => body === 'none');
    if (hasPointer || hasState) void this.bodies.load();
    this.bodies.value?.seen(calls);
  }

  /** What was asked for and could not be loaded. */
  renderErrors(): unknown {
    return [this.input, this.tools, this.groups, this.opened, this.bodies, this.columns, this.foot].map((part) =>
      part.error === undefined
        ? nothing
        : renderError('a script of this page', part.error, '', () => void part.retry()),
    );
  }
}
