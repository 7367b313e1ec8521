import { html } from 'lit';
import '../../components/hm-body-viewer.js';
import '../../components/hm-scope.js';
import type { HmBodyViewer } from '../../components/hm-body-viewer.js';
import type { WireBody } from '../../src/api/body.js';
import type { WireCallDetail } from '../../src/api/call.js';
import { find, mount, readText, unmount, until } from './mount.js';

/** Calls of test/fixtures/captured.json. */
export const PRICED = '3c4fa084-db68-46f6-9126-efb05759b208';
export const STREAMED = 'c40432ba-510e-4e47-be39-2fcf9a491194';
export const CUT = '9e391664-8d9c-4d3d-9c97-7ec6c8b50e00';

export const realFetch = window.fetch;
const RealWorker = window.Worker;
const realClipboard = Object.getOwnPropertyDescriptor(navigator, 'clipboard');

/** Puts everything back that a test changed. */
export function restore(): void {
  unmount();
  window.fetch = realFetch;
  window.Worker = RealWorker;
  if (realClipboard) Object.defineProperty(navigator, 'clipboard', realClipboard);
  else Reflect.deleteProperty(navigator, 'clipboard');
}

/** Lets what the real server answers on a path be changed on its way, for what its databases do not hold. */
export function alter(path: RegExp, change: (answer: Response) => Promise<Response> | Response): void {
  const before = window.fetch;
  window.fetch = async (input, init) => {
    const answer = await before(input, init);
    return path.test(new URL(String(input), location.href).pathname) ? change(answer) : answer;
  };
}

export function alterBody(change: (body: WireBody) => object): void {
  alter(/\/api\/bodies$/, async (answer) => {
    const { bodies } = (await answer.json()) as { bodies: WireBody[] };
    return Response.json({ bodies: bodies.map((body) => ({ ...body, ...change(body) })) });
  });
}

export function alterCall(change: Partial<WireCallDetail>): void {
  alter(/\/api\/calls\/[^/]+$/, async (answer) => Response.json({ ...((await answer.json()) as object), ...change }));
}

/** Bodies that no database here holds: read in the page, as where it may have no worker, so that they can be put in. */
export function storeBodies(stored: Partial<Record<'request' | 'response', string>>, provider?: string): void {
  window.Worker = class {
    constructor() {
      throw new DOMException('No workers here.', 'SecurityError');
    }
  } as unknown as typeof Worker;
  for (const [side, text] of Object.entries(stored)) alter(new RegExp(`/${side}$`), () => new Response(text));
  alterBody((body) => ({
    request: { ...body.request, ...sizeOf(stored.request) },
    response: { ...body.response, ...sizeOf(stored.response) },
  }));
  if (provider !== undefined) alterCall({ provider });
}

function sizeOf(text: string | undefined): object {
  if (text === undefined) return {};
  const bytes = new TextEncoder().encode(text).length;
  const contentType = /^(event|data):/.test(text) ? 'text/event-stream' : 'application/json';
  return { bytes, stored_bytes: bytes, content_type: contentType };
}

/** What the page puts on the clipboard, or how it fails. */
export function catchCopies(write?: (text: string) => Promise<void>): string[] {
  const copied: string[] = [];
  const writeText = write ?? ((text: string): Promise<void> => Promise.resolve(void copied.push(text)));
  Object.defineProperty(navigator, 'clipboard', { value: { writeText }, configurable: true });
  return copied;
}

/** Waits until all bodies are read and drawn. */
export async function untilDrawn(element: HmBodyViewer): Promise<void> {
  await until(() => {
    const root = element.shadowRoot!;
    const section = root.querySelector('section');
    const isThere = section?.getAttribute('aria-busy') === 'false' && section.querySelector('.detail, .differs');
    return isThere && root.querySelector('.pane [part="loading"], .waiting, .pane .bar > [role="status"]') === null;
  });
}

export async function mountDrawn(daemon: string, ids: readonly string[], view = ''): Promise<HmBodyViewer> {
  const element = mount<HmBodyViewer>(
    html`<hm-body-viewer daemon=${daemon} calls=${ids.join(',')} view=${view}></hm-body-viewer>`,
  );
  await untilDrawn(element);
  return element;
}

export const pane = (element: HmBodyViewer, label: string): HTMLElement =>
  find(element, `.pane[aria-label="${label}"]`);

/** Rows that are drawn of a tree, without their fold signs. */
export const treeRows = (within: HTMLElement): string[] =>
  [...within.querySelectorAll('[role="treeitem"]')].map((row) => readText(row).replace(/^[▸▾] ?/, ''));

export const untilTree = (within: HTMLElement, row: RegExp): Promise<string> =>
  until(() => treeRows(within).find((text) => row.test(text)));

/** The stored characters that are drawn as text. */
export const textRows = (within: HTMLElement): string[] =>
  [...within.querySelectorAll('.text-row > .said')].map((said) => said.textContent ?? '');

/** Turns of a conversation: role and what was said. */
export const turns = (within: HTMLElement): [role: string, said: string][] =>
  [...within.querySelectorAll('.turn')].map((turn) => [
    readText(turn.querySelector('.role b')!),
    readText(turn.querySelector('.said')!),
  ]);

export const turnOf = (within: HTMLElement, role: string): HTMLElement => {
  const found = [...within.querySelectorAll<HTMLElement>('.turn')].find(
    (turn) => readText(turn.querySelector('.role b')!) === role,
  );
  if (found === undefined) throw new Error(`No turn of ${role}`);
  return found;
};

export function button(within: ParentNode, label: string): HTMLButtonElement {
  const found = [...within.querySelectorAll('button')].find(
    (candidate) => readText(candidate) === label || candidate.ariaLabel === label,
  );
  if (found === undefined) throw new Error(`No button “${label}”`);
  return found;
}

export function press(target: Element, key: string, init: KeyboardEventInit = {}): KeyboardEvent {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true, ...init });
  target.dispatchEvent(event);
  return event;
}

export const chooseView = async (element: HmBodyViewer, label: string): Promise<void> => {
  button(find(element, '.tabs'), label).click();
  await element.updateComplete;
  await untilDrawn(element);
};
