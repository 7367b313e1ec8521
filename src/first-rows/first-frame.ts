// Stands in a page after its first rows, and runs before they are seen. Takes them away where the elements would show
// something else; starts the elements once the rows are on the screen; and takes them away when an element has drawn its
// own, in the same frame. It may run twice.

/** Below it a row of the element has two lines: as in call-columns.ts, of which a script inside a page can import nothing. */
const TWO_LINES_PX = 640;
/** A page that is never drawn must not wait for that. */
const LONGEST_WAIT_MS = 500;

const findFirst = (host: Element): Element | null | undefined => host.shadowRoot?.querySelector('.first-rows');

/** All come at the same time, and are run in the page's order: what stands below finds what is above in its place. */
async function start(): Promise<void> {
  const links = [...document.querySelectorAll<HTMLLinkElement>('[rel=later]')];
  for (const link of links) link.rel = 'modulepreload';
  for (const { href } of links) await import(href).catch(reportError);
}

/** The element's own rows stand where the first were scrolled to, and have the focus if those had it. */
function replaceFirst({ target }: Event): void {
  const first = findFirst(target as Element);
  if (!first) return;
  const [old, own] = [first, target as Element].map((host) => host.shadowRoot!.querySelector<HTMLElement>('.grid'));
  const hadFocus = old?.matches(':focus');
  own?.scrollTo(0, old?.scrollTop ?? 0);
  first.remove();
  if (hadFocus) own?.focus();
}

const firsts = [...document.querySelectorAll('hm-projects,hm-calls')].map(findFirst);
const calls = firsts.at(-1);
addEventListener('hm-load', replaceFirst, true);
addEventListener('hm-error', replaceFirst, true);
if (
  !calls ||
  calls.clientWidth < TWO_LINES_PX ||
  // This entry of the history knows of another place in the list.
  /"(row|offsetPx)":[1-9]/.test(JSON.stringify(history.state)) ||
  // This browser's clock reads otherwise than the server's did.
  [...calls.shadowRoot!.querySelectorAll('time')].some(
    (time) => !String(new Date(time.dateTime)).startsWith(time.dataset.clock!),
  )
) {
  for (const first of firsts) first?.remove();
  void start();
} else {
  requestAnimationFrame(() => setTimeout(() => void start()));
  setTimeout(() => void start(), document.hidden ? 0 : LONGEST_WAIT_MS);
}
