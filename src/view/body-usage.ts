import { html, nothing, type TemplateResult } from 'lit';
import type { TokenCounts, Usage } from '../bodies/conversation.js';
import { type CallDetail, TOKEN_KINDS } from './body-price.js';
import { renderFolded } from './body-folds.js';
import type { PartOptions } from './body-parts.js';
import { renderCallMark } from './call-mark.js';
import { formatCount } from './format.js';

/** What a response says it used, against what the daemon recorded. Unknown is a word, never 0. */
export function renderUsage(
  { tokens, counts }: Usage,
  call: CallDetail,
  { isOpen, toggle, copy }: PartOptions,
): TemplateResult {
  const rows = (Object.keys(TOKEN_KINDS) as (keyof TokenCounts)[])
    .map((kind) => ({ kind, said: tokens[kind], recorded: TOKEN_KINDS[kind].count(call) }))
    .filter(({ said, recorded }) => said !== null || recorded > 0);
  const differing = rows.filter(({ said, recorded }) => said !== null && said !== recorded).length;
  return html`<table class="usage">
      <caption>
        ${
          differing === 0
            ? 'Tokens as the response says, equal to what was recorded'
            : html`${renderCallMark('warning')}The response says otherwise than what was recorded`
        }
      </caption>
      <thead>
        <tr>
          <th scope="col">Tokens</th>
          <th scope="col" class="number">Response</th>
          <th scope="col" class="number">Recorded</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ kind, said, recorded }) =>
            html`<tr>
              <th scope="row">${TOKEN_KINDS[kind].label}</th>
              <td class="number">${said === null ? html`<span class="muted">not said</span>` : formatCount(said)}</td>
              <td class="number">
                ${said !== null && said !== recorded ? renderCallMark('warning') : nothing}${formatCount(recorded)}
              </td>
            </tr>`,
        )}
      </tbody>
    </table>
    ${renderFolded(
      'As the provider counts',
      {
        isOpen: isOpen('usage'),
        toggle: () => toggle('usage'),
        highlights: [],
        copy: (text) => copy(text, 'Text'),
        changed: null,
      },
      () =>
        html`<p class="note rest">
          ${counts.map(({ name, json }) => html`<span><code>${name}</code> <code>${json}</code></span> `)}
        </p>`,
    )}`;
}
