import { adoptSheet } from '../controllers/adopt-sheet.js';
import { bodyHighlights } from '../styles/body-highlights.js';
import { bodyRows } from '../styles/body-rows.js';
import type { ViewName } from '../view/body-views.js';
import type { BodyContext, BodyView, BodyWay } from './body-context.js';
import { BodyEventList } from './body-event-list.js';
import type { BodyTalk } from './body-talk.js';
import { BodyTextList } from './body-text-list.js';
import { BodyTreeList } from './body-tree-list.js';

export type StoredView = BodyView & BodyWay;

/** The views of what is stored; loaded where one of them is shown. `talk`: the conversation beside the events. */
export function makeStoredView(
  name: Exclude<ViewName, 'conversation'>,
  body: BodyContext,
  talk: () => BodyTalk | null,
): StoredView {
  for (const sheet of [bodyRows, bodyHighlights]) adoptSheet(body.host.renderRoot, sheet);
  switch (name) {
    case 'tree':
      return new BodyTreeList(body);
    case 'text':
      return new BodyTextList(body);
    case 'events':
      return new BodyEventList(body, talk);
  }
}
