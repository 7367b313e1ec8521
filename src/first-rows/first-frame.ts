// Stands in the page's HTML after its first rows, and runs before they are drawn: takes them away where the element would
// show something else, and starts the modules once they are on the screen, or at once where nothing is drawn first.

/** Below it a row of the element has two lines. */
const TWO_LINES_PX = 640;
/** A page that never draws, because nobody sees it, must not wait for that. */
const LONGEST_WAIT_MS = 500;

const host = document.querySelector('hm-calls')!;
const first = host.shadowRoot?.querySelector('.first-rows');

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
  for (const link of document.querySelectorAll<HTMLLinkElement>('link[data-start]')) void import(link.href);
}

if (first) {
  const times = first.shadowRoot!.querySelectorAll('time');
  if (host.clientWidth < TWO_LINES_PX || isLeftElsewhere() || !hasSameClock(times)) first.remove();
}
if (first?.isConnected && document.visibilityState === 'visible') {
  let timer = setTimeout(start, LONGEST_WAIT_MS);
  requestAnimationFrame(() => {
    clearTimeout(timer);
    timer = setTimeout(start);
  });
} else {
  start();
}
