// Stands in a page after its first rows, and runs before they are seen. Takes them away where the elements would show
// something else; starts the elements once the rows are on the screen; and takes them away when an element has drawn its
// own, in the same frame.

/** Below it a row of the element has two lines. */
const TWO_LINES_PX = 640;
/** A page that is never drawn must not wait for that. */
const LONGEST_WAIT_MS = 500;

const findFirst = (host: Element): Element | null | undefined => host.shadowRoot?.querySelector('.first-rows');

/** Whether this browser's clock reads as the server's does. */
function hasSameClock(times: Iterable<HTMLTimeElement>): boolean {
  for (const time of times) {
    const at = new Date(time.dateTime);
    const words = time.textContent;
    if (!words.endsWith(at.toTimeString().slice(0, 8)) || parseInt(words) !== at.getDate()) return false;
  }
  return true;
}

/** Whether this entry of the history knows of another place in the list. */
function isLeftElsewhere(): boolean {
  const places = Object.values(
    (history.state ?? {}) as Record<string, { row?: number; offsetPx?: number } | undefined>,
  );
  return places.some((place) => (place?.row ?? 0) + (place?.offsetPx ?? 0) > 0);
}

function start(): void {
  const links = [...document.querySelectorAll<HTMLLinkElement>('link[rel="later"]')];
  for (const link of links) link.rel = 'modulepreload';
  for (const link of links) if ('start' in link.dataset) void import(link.href);
}

/** The element's own rows stand where the first were scrolled to, and have the focus if those had it. */
function replaceFirst({ target }: Event): void {
  const first = findFirst(target as Element);
  if (!first) return;
  const [old, own] = [first, target as Element].map(({ shadowRoot }) =>
    shadowRoot!.querySelector<HTMLElement>('.grid'),
  );
  const scrollTop = old?.scrollTop ?? 0;
  const hadFocus = old?.matches(':focus') ?? false;
  first.remove();
  if (own && scrollTop > 0) own.scrollTop = scrollTop;
  if (own && hadFocus) own.focus({ preventScroll: true });
}

const hosts = [...document.querySelectorAll('hm-projects, hm-calls')];
const firsts = hosts.map(findFirst).filter((first) => !!first);
const calls = firsts.at(-1);
if (
  calls &&
  (calls.clientWidth < TWO_LINES_PX || isLeftElsewhere() || !hasSameClock(calls.shadowRoot!.querySelectorAll('time')))
) {
  for (const first of firsts) first.remove();
}
for (const name of ['hm-load', 'hm-error']) addEventListener(name, replaceFirst, true);
if (calls?.isConnected && document.visibilityState === 'visible') {
  let timer = setTimeout(start, LONGEST_WAIT_MS);
  requestAnimationFrame(() => {
    clearTimeout(timer);
    timer = setTimeout(start);
  });
} else {
  start();
}
