import type { ReactiveControllerHost, TemplateResult } from 'lit';
import { adoptSheet } from '../controllers/adopt-sheet.js';
import { callFoot } from '../styles/call-foot.js';
import { type Foot, renderFoot } from '../view/call-foot.js';

/** What stands under the table of calls, after the rows that are in view. */
export class CallFoot {
  constructor(host: ReactiveControllerHost & { readonly renderRoot: DocumentFragment | HTMLElement }) {
    adoptSheet(host.renderRoot, callFoot);
  }

  render(foot: Foot): TemplateResult {
    return renderFoot(foot);
  }
}
