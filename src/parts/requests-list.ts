import { adoptSheet } from '../controllers/adopt-sheet.js';
import { requests } from '../styles/requests.js';
import { table } from '../styles/table.js';
import { renderRequests } from '../view/requests-table.js';

/** Gives an element what the table of requests looks like, and returns what draws it. */
export function prepareRequests(root: DocumentFragment | HTMLElement): typeof renderRequests {
  for (const sheet of [table, requests]) adoptSheet(root, sheet);
  return renderRequests;
}
