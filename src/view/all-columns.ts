import { describeAttribution } from './attribution.js';
import { numberCell, textCell, timeCell } from './call-cells.js';
import { type CallColumn, column, FIRST_COLUMNS, mono, number } from './call-columns.js';
import { type CellText, DASH } from './call-state.js';

/** As the daemon wrote it, `_` as a space. */
function wordCell(word: string | null): CellText {
  return word === null ? DASH : { text: word.replaceAll('_', ' '), isMuted: true };
}

function yesNoCell(flag: boolean | null): CellText {
  return flag === null ? DASH : { text: flag ? 'yes' : 'no', isMuted: true };
}

/** Every field of a call as a column, those that stand without being chosen first. */
export const CALL_COLUMNS: readonly CallColumn[] = [
  ...FIRST_COLUMNS,
  column('provider', 'Provider', 'provider', [90, 0.6], (call) => textCell(call.provider)),
  column('workdir', 'Folder', 'workdir', [150, 1.4], (call) => textCell(call.workdir), mono),
  column('attribution', 'Project by', 'attribution', [96, 0.6], (call) =>
    textCell(describeAttribution(call.attribution)),
  ),
  column('kind', 'Kind', 'kind', [84, 0.6], (call) => wordCell(call.kind)),
  column('mode', 'Mode', 'mode', [84, 0.6], (call) => wordCell(call.mode)),
  column('billing', 'Billing', 'billing', [120, 0.6], (call) => wordCell(call.billing)),
  column('http', 'HTTP', 'http_status', [60, 0.4], (call) => numberCell(call.httpStatus, String), number),
  column('error', 'Error class', 'error_class', [110, 0.8], (call) => wordCell(call.errorClass)),
  column('error-code', 'Error code', 'error_code', [110, 0.8], (call) => textCell(call.errorCode), mono),
  column('retryable', 'May be retried', 'retryable', [104, 0.4], (call) => yesNoCell(call.retryable)),
  column('complete', 'Tokens complete', 'complete', [116, 0.4], (call) => yesNoCell(call.complete)),
  column('rates', 'Rates', 'rates_source', [130, 0.6], (call) => textCell(call.ratesSource)),
  column('recorded', 'Recorded', 'recorded_at', [122, 0], (call, zone) => timeCell(call.recordedAt, zone)),
  column('prompt', 'Prompt', 'prompt_hash', [110, 0.8], (call) => textCell(call.promptHash), mono),
  column('id', 'Id', 'id', [150, 1], (call) => textCell(call.id), mono),
];

/** The name by which the API has a column: a field of the call, or the pointer as it stands. */
export function fieldOf(key: string): string {
  return CALL_COLUMNS.find((column) => column.key === key)?.field ?? key;
}
