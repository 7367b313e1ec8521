import { html } from 'lit';
import type { HmBodyViewer } from '../../components/hm-body-viewer.js';
import { alter, alterBody, PRICED, storeBodies, STREAMED, CUT } from './bodies.js';
import { find, findAll, mount, readText, until } from './mount.js';

/** Calls that are set beside each other, with bodies that no database here holds. */

export const IDS = [PRICED, STREAMED, CUT, '7b1b4a3c-5a0e-4d5b-9a61-000000000000'] as const;
export const [A, B, C] = IDS;

interface Stored {
  readonly request?: string | object;
  readonly response?: string;
  /** More was sent than is stored. */
  readonly isCut?: boolean;
}

/** Gives calls their bodies; what is not given of a call is not stored. */
export function storeCalls(calls: Readonly<Record<string, Stored>>): void {
  storeBodies({});
  for (const [id, { request, response, isCut = false }] of Object.entries(calls)) {
    const texts = { request: typeof request === 'object' ? JSON.stringify(request) : request, response };
    for (const [side, text] of Object.entries(texts)) {
      if (text !== undefined) alter(new RegExp(`/${id}/${side}$`), () => new Response(text));
    }
    alterBody((body) =>
      body.call_id === id
        ? {
            state: 'stored',
            request: { ...body.request, ...sizeOf(texts.request), truncated: isCut },
            response: { ...body.response, ...sizeOf(texts.response), truncated: false, incomplete: false },
          }
        : {},
    );
    alter(new RegExp(`/api/calls/${id}$`), async (answer) =>
      Response.json({ ...((await answer.json()) as object), provider: 'anthropic' }),
    );
  }
}

function sizeOf(text: string | undefined): object {
  if (text === undefined) return { stored_bytes: null };
  const bytes = new TextEncoder().encode(text).length;
  return { bytes, stored_bytes: bytes, content_type: 'application/json' };
}

export const user = (content: string): object => ({ role: 'user', content });
export const assistant = (content: string): object => ({ role: 'assistant', content });
export const requestOf = (...messages: object[]): object => ({
  model: 'claude-sonnet-4-6',
  max_tokens: 1024,
  system: 'You answer for the shop.',
  messages,
});
export const responseOf = (text: string): string =>
  JSON.stringify({
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model: 'claude-sonnet-4-6',
    content: [{ type: 'text', text }],
    stop_reason: 'end_turn',
    usage: { input_tokens: 10, output_tokens: 5 },
  });

/** So many messages that any two calls may begin with. */
export const talk = (count: number): object[] =>
  Array.from({ length: count }, (_, index) =>
    (index % 2 === 0 ? user : assistant)(`Message ${index} of what both calls have said before.`),
  );

export const mountCalls = (ids: readonly string[]): HmBodyViewer =>
  mount<HmBodyViewer>(html`<hm-body-viewer daemon="/captured" calls=${ids.join(',')}></hm-body-viewer>`);

export async function mountAligned(ids: readonly string[] = [A, B]): Promise<HmBodyViewer> {
  const element = mountCalls(ids);
  await untilAligned(element);
  return element;
}

/** Waits until the calls stand level, and all that is in view is read. */
export async function untilAligned(element: HmBodyViewer): Promise<void> {
  const root = element.shadowRoot!;
  await until(() => root.querySelector('.aligned .aligned-row') && !root.querySelector('.aligned .waiting'));
}

/** Scrolls the list as a browser does: its event comes a frame later, and counts where the list stands then. */
export async function scrollList(element: HmBodyViewer, toPx: number): Promise<void> {
  const list = box(element);
  const scrolled = new Promise((resolve) => list.addEventListener('scroll', resolve, { once: true }));
  list.scrollTop = toPx;
  await scrolled;
  await untilAligned(element);
}

export const rows = (element: HmBodyViewer, kind = ''): HTMLElement[] =>
  findAll(element, `.aligned-row${kind === '' ? '' : `.is-${kind}`}`);
export const cellsOf = (row: HTMLElement): HTMLElement[] => [...row.querySelectorAll<HTMLElement>('.cell')];
export const folds = (element: HmBodyViewer): string[] => findAll(element, '.aligned-fold > span').map(readText);
export const box = (element: HmBodyViewer): HTMLElement => find(element, '.aligned > .box');
export const stepWords = (element: HmBodyViewer): string => readText(find(element, '.steps [role="status"]'));
/** How far below the top of the list something stands. */
export const below = (element: HmBodyViewer, part: Element): number =>
  part.getBoundingClientRect().top - box(element).getBoundingClientRect().top;
