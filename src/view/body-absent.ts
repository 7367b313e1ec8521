import { html, nothing, type TemplateResult } from 'lit';
import type { WireBody } from '../api/body.js';
import type { CamelCased } from '../api/camel-case.js';
import { quoteOperand } from './shell-quotes.js';
import { formatPlural } from './format.js';
import { type CallMark, renderCallMark } from './call-mark.js';

/** Why a body is not here, and what to do about it. */

type Body = CamelCased<WireBody>;
type Side = Body['request'] | Body['response'];

/** What else is known of the daemon's capture; null where it could not be read. */
export interface CaptureSettings {
  readonly enabled: boolean | null;
  readonly retentionDays: number | null;
}

/** Where the daemon keeps its database, unless it was told otherwise. */
const READ_FILE = 'hm-elements --db ~/.halton-meter/db.sqlite';

interface Words {
  readonly mark: CallMark | null;
  readonly what: string;
  readonly toDo: string;
  readonly command?: string;
}

const FAILURES: Readonly<Record<string, readonly [what: string, toDo: string]>> = {
  binary_body_skipped: [
    'The body is binary, such as an image or a file.',
    'The daemon keeps only text, so there is nothing to see.',
  ],
  request_decode_failed: [
    'The daemon could not decode the request, so it kept none of it.',
    'The call itself went through as it was sent.',
  ],
  response_decode_failed: [
    'The daemon could not decode the response, so it kept none of it.',
    'The client received it as it was sent.',
  ],
  redaction_failed: [
    'The daemon could not redact this body, so it kept nothing.',
    'Better no body than one with a key in it. Call and cost are recorded as usual.',
  ],
};

function describeOff(project: string, capture: CaptureSettings | null): Words {
  if (capture?.enabled === false) {
    return {
      mark: 'off',
      what: 'The daemon captures no bodies at all: [bodies] enabled is false in its config.toml.',
      toDo: 'Set it to true and restart the daemon to keep them from then on.',
    };
  }
  return {
    mark: 'off',
    what: `Bodies of ${project} are not captured.`,
    toDo: 'To keep them from now on:',
    command: `halton-meter project set ${quoteOperand(project)} body-capture on`,
  };
}

function describeFailure(reason: string | null): Words {
  const known = reason === null ? undefined : FAILURES[reason];
  if (known) return { mark: 'error', what: known[0], toDo: known[1] };
  return {
    mark: 'error',
    what: `The daemon tried to keep this body and could not${reason === null ? '' : `: ${reason}`}.`,
    toDo: 'Call and cost are recorded as usual.',
  };
}

function describeState(body: Body, project: string, capture: CaptureSettings | null): Words {
  switch (body.state) {
    case 'off':
      return describeOff(project, capture);
    case 'expired': {
      const days = capture?.retentionDays ?? null;
      return {
        mark: null,
        what: `The bodies are gone: the daemon removes them after ${days === null ? 'a time' : formatPlural(days, 'day')}.`,
        toDo: 'retention_days in the [bodies] part of its config.toml sets how long it keeps them.',
      };
    }
    case 'failed':
      return describeFailure(body.reason);
    case 'unavailable':
      return {
        mark: null,
        what: 'This daemon does not serve bodies over HTTP.',
        toDo: 'To read them, let hm-elements read the daemon’s database, as the user who owns that file:',
        command: READ_FILE,
      };
    default:
      return {
        mark: null,
        what: 'Nothing is stored of these bodies, and the daemon does not say why.',
        toDo: 'It keeps none above 4 MiB, and none of calls made before capture began.',
      };
  }
}

export interface StateOptions {
  readonly project: string;
  readonly capture: CaptureSettings | null;
  readonly onCopy: (text: string) => void;
}

function renderWords(words: Words, { onCopy }: StateOptions): TemplateResult {
  const { command } = words;
  return html`<div class="state">
    <p>${words.mark ? renderCallMark(words.mark) : nothing}${words.what}</p>
    <p class="muted">${words.toDo}</p>
    ${
      command === undefined
        ? nothing
        : html`<div class="command">
            <code>${command}</code><button type="button" @click=${() => onCopy(command)}>Copy</button>
          </div>`
    }
  </div>`;
}

/** Why nothing of a call's bodies is here, and what to do about it. */
export function renderBodyState(body: Body, options: StateOptions): TemplateResult {
  return renderWords(describeState(body, options.project, options.capture), options);
}

/** Why one side is not here while the other is. */
export function renderSideState(body: Body, side: Side, options: StateOptions): TemplateResult {
  const reason = side.error ?? body.reason;
  const words: Words =
    reason === null ? { mark: null, what: 'Nothing is stored of this side.', toDo: '' } : describeFailure(reason);
  return renderWords(words, options);
}
