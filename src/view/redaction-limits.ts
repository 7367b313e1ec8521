import { html, type TemplateResult } from 'lit';

/** What redaction does not do, and who can read what is stored. The same for every daemon of this kind. */
export function renderLimits(): TemplateResult {
  return html`<ul part="limits" class="limits">
    <li>
      <b>Only credentials are replaced.</b> Names, mail addresses, phone numbers, postal addresses, account and card
      numbers, what customers wrote, your own source code: all of it is stored as it was sent and answered.
    </li>
    <li>
      <b>Only credentials of a form that the daemon knows:</b> API keys of Anthropic, OpenAI, Google, xAI and Groq, keys
      of Stripe and AWS, GitHub tokens, JSON Web Tokens, bearer tokens. A password, or a key of another form, stays.
    </li>
    <li>
      <b>What was redacted can't be brought back,</b> and what was missed is not redacted later: bodies are kept as they
      were first stored. Headers are never stored.
    </li>
    <li>
      <b>Who can read them:</b> whoever can read the database. The daemon gives its file to your user alone (mode 0600);
      so any program that runs as you, an administrator, and your backups. This page shows them on this machine, to
      whoever uses it, and writes nothing.
    </li>
  </ul>`;
}
